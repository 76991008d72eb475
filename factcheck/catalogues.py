"""The words of the interface in other languages: gathered from the sources, compiled by babel.

English stands in the sources. Each other language is one `django.po` below `annotations/locale/`,
in a form that two people can change at once: sorted, without places or dates, an entry a string.
What Django reads (`django.mo`) is compiled from it where the product is set up, and is not kept in
git.
"""

import os
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LOCALES = Path("annotations") / "locale"
SOURCES = {"annotations": "*.py", "factcheck": "*.py", "templates": "*.html"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
# What each language's typography wants, so that nobody has to find the narrow space on a keyboard.
TYPOGRAPHY = {
    "fr": (
        (re.compile(r"(?<=\w)'(?=\w)"), "’"),
        (re.compile(r"[ \u00a0](?=[;:!?»%](?!\())"), "\u202f"),
        (re.compile(r"«[ \u00a0]?(?!\u202f)"), "«\u202f"),
        (re.compile(r"\.\.\."), "…"),
    )
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|\{\w*\}")


def update(base: Path) -> list[Path]:
    """Bring every catalogue up to the sources; return those that changed. New strings are empty."""
    template, changed = _gathered(base), []
    for file in files(base):
        text = _up_to_date(file, template)
        if text != file.read_text():
            file.write_text(text)
            changed.append(file)
    return changed


def problems(base: Path) -> Iterator[str]:
    """Say what keeps a language from being complete, a line for each fault."""
    template = _gathered(base)
    for file in files(base):
        name = file.relative_to(base)
        if _up_to_date(file, template) != file.read_text():
            yield f"{name}: not what the sources say; run `make messages`"
        catalogue = _read(file)
        yield from (
            f"{name}: {fault}: {_forms(message.id)[0]!r}"
            for message in template
            for fault in _faults(message, catalogue.get(message.id, message.context))
            if message.id
        )


def stale(base: Path) -> list[Path]:
    """Return the catalogues that are younger than what was compiled from them."""
    return [file for file in files(base) if _compiled_at(file) < file.stat().st_mtime]


def compile_stale(base: Path) -> None:
    """Compile what is stale. Many processes may do so at once: each file is put in place whole."""
    for file in stale(base):
        made = file.with_suffix(f".{os.getpid()}")
        with made.open("wb") as out:
            write_mo(out, _read(file))
        made.replace(_compiled(file))


def _compiled(file: Path) -> Path:
    return file.with_suffix(".mo")


def _compiled_at(file: Path) -> float:
    return _compiled(file).stat().st_mtime if _compiled(file).exists() else 0.0


def files(base: Path) -> list[Path]:
    return sorted((base / LOCALES).glob("*/LC_MESSAGES/django.po"))


def _read(file: Path) -> Catalog:
    return read_po(BytesIO(file.read_bytes()), locale=file.parent.parent.name, abort_invalid=True)


def _gathered(base: Path) -> Catalog:
    template = Catalog()
    for folder, pattern in SOURCES.items():
        for file in sorted((base / folder).rglob(pattern)):
            source = file.read_text()
            if file.suffix == ".html":
                source = _as_python(source)
            for _line, text, _comments, context in extract(
                "python", BytesIO(source.encode()), KEYWORDS
            ):
                template.add(text, context=context)
    return template


def _as_python(template: str) -> str:
    """Turn the tags of a template into calls; what is indented as in a page is no Python."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _up_to_date(file: Path, template: Catalog) -> str:
    catalogue = _read(file)
    catalogue.update(template, no_fuzzy_matching=True)
    for message in catalogue:
        if message.id and message.string:
            message.string = _typeset(message.string, str(catalogue.locale))
    written = BytesIO()
    write_po(
        written,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    return HEAD.format(language=catalogue.locale) + written.getvalue().decode()


def _typeset(text: str | Sequence[str], language: str) -> str | tuple[str, ...]:
    if not isinstance(text, str):
        return tuple(str(_typeset(one, language)) for one in text)
    for mistake, right in TYPOGRAPHY.get(language, ()):
        text = mistake.sub(right, text)
    return text


def _faults(source: Message, found: Message | None) -> Iterator[str]:
    ids, forms = _forms(source.id), _forms(found.string or "") if found else ()
    if not found or not all(forms):
        yield "not translated"
        return
    if found.fuzzy:
        yield "unsure"
    if len(forms) != len(ids):
        yield "not as many forms as there are plurals"
    wanted = _placeholders(ids[-1])
    # The form for one may leave the number out, as in “one sentence”.
    if _placeholders(forms[-1]) != wanted or not _placeholders(forms[0]) <= wanted:
        yield "other placeholders"


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
