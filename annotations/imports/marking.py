"""Making a mark of a span that another tool gave, or saying why it is none."""

from annotations.imports.entries import Mark
from annotations.imports.faults import Fault, excerpt
from annotations.imports.spans import located


def span_mark(
    text: str,
    label: str,
    span: tuple[int, int],
    exact: str | None,
    place: tuple[int, str],
) -> Mark | Fault:
    """Find the span in the text. The mark tells how it was found, where that took a repair."""
    found = located(text, *span, exact)
    line, column = place
    if found is None:
        shown = exact or label
        params: dict[str, str | int] = {"start": span[0], "end": span[1], "length": len(text)}
        return Fault(line, "span_nowhere", column, excerpt(shown), params, is_warning=True)
    return Mark(label, found.start, found.end, repair=found.repair)
