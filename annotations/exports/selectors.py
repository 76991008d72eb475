"""Quoting a span with enough of its surroundings to find it again (W3C Web Annotation)."""

CONTEXT = 32


def quote_context(text: str, start: int, end: int, *, length: int = CONTEXT) -> tuple[str, str]:
    """Return the prefix and suffix of a span: 32 code points each, more where it takes more.

    The context grows until prefix + exact + suffix stands only once in the text.
    """
    while True:
        low, high = max(0, start - length), min(len(text), end + length)
        whole = text[low:high]
        is_all = low == 0 and high == len(text)
        if is_all or text.find(whole, text.find(whole) + 1) < 0:
            return text[low:start], text[end:high]
        length *= 2
