"""The names of operators and values: one meaning each, in whatever language, whoever reads."""

import re
import unicodedata
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from annotations.editor.search import HINTS
from annotations.models import Candidate, Label, Verdict
from annotations.models.search import operators
from annotations.search.language import Grammar, Operator, QueryError, Takes, parse
from annotations.search.names import NAMES, TABLE, Names, folded

TODAY = date(2025, 3, 12)
OPERATORS = operators([])
GRAMMAR = Grammar(OPERATORS, TODAY)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
ENGLISH_ONLY = Grammar(OPERATORS, TODAY, Names({}))
EVERY_VALUE = [
    (operator, value)
    for operator, named in TABLE.items()
    for value in named.values
    if OPERATORS[operator].takes is not Takes.TEXT  # people and languages: tests/models/search
]
FRENCH = {name for named in TABLE.values() for name in named.names["fr"]}
SAMPLES = {"source": "Gazette", "claimant": "maire"}


def said(operator):
    """Return every spelling of an operator."""
    return NAMES.of_operator(operator, "en")


def changed(name):
    """Return a name as it is typed by different hands."""
    return (name, name.upper(), folded(name), unicodedata.normalize("NFD", name))


class TestTable:
    def test_has_every_operator_and_every_value(self):
        assert set(TABLE) == set(OPERATORS) == set(HINTS)
        assert NAMES.values("label") == tuple(Label.values)
        assert NAMES.values("state") == tuple(Verdict.State.values)
        assert NAMES.values("kind") == tuple(Candidate.Kind.values)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_a_name_for_each_in_every_language_of_the_pages(self, language):
        named = [one.names for one in TABLE.values()]
        named += [names for one in TABLE.values() for names in one.values.values()]

        assert language == "en" or all(one.get(language) for one in named)

    def test_gives_no_name_to_two(self):
        names = [(folded(name), key) for key in TABLE for name in said(key)]

        assert len({name for name, _key in names}) == len({*names})

    def test_gives_no_name_of_a_value_to_two(self):
        for operator, named in TABLE.items():
            each = [NAMES.of_value(operator, one, "en") for one in named.values]
            names = [folded(name) for some in each for name in {folded(one) for one in some}]
            assert len(names) == len(set(names)), operator

    def test_has_only_names_that_can_be_typed_without_quotation_marks(self):
        for key, named in TABLE.items():
            values = [name for one in named.values for name in NAMES.of_value(key, one, "en")]
            assert all(re.fullmatch(r"[^\W\d_]+", one) for one in said(key))
            assert not any(re.search(r'[\s":]', one) for one in values)


class TestDocumentation:
    def test_has_every_name(self):
        text = (settings.BASE_DIR / "docs" / "search.md").read_text()

        told = (
            text.partition("<!-- names: begin")[2]
            .partition("\n")[2]
            .partition("<!-- names: end")[0]
        )

        assert told.strip() == "\n".join(documented())

    @pytest.mark.parametrize("guide", ["editor-guide.md", "editor-guide.fr.md"])
    def test_writes_only_what_can_be_read(self, guide):
        text = (settings.BASE_DIR / "docs" / guide).read_text()
        written = re.findall(r"`(-?[^\W\d_]+:[^\s`/]+)`", text)
        operators = [one for one in written if NAMES.operator(one.partition(":")[0]) in OPERATORS]

        assert operators
        for one in operators:
            desks = {"desk": Operator(Takes.CHOICE, ("politique",))}
            assert parse(one, Grammar({**OPERATORS, **desks}, TODAY)).filters


def documented():
    """Write the table as the documentation has it."""
    yield "| English | French |"
    yield "| --- | --- |"
    for key, named in TABLE.items():
        yield f"| `{key}:` | {spelled(named.names['fr'], ':')} |"
        for value, names in named.values.items():
            english = spelled(names.get("en", (value,)))
            yield f"| · {english} | · {spelled(names['fr'])} |"


def spelled(names, end=""):
    return ", ".join(f"`{name}{end}`" for name in names)


class TestReading:
    @pytest.mark.parametrize("operator", [one for one in TABLE if one != "desk"])
    def test_takes_every_name_of_an_operator(self, operator):
        day = OPERATORS[operator].takes is Takes.DAY
        value = "2024-11" if day else next(iter(TABLE[operator].values), SAMPLES.get(operator))
        wanted = parse(f"-{operator}:{value}", GRAMMAR)

        for name in said(operator):
            for typed in changed(name):
                assert parse(f"-{typed}:{value}", GRAMMAR) == wanted

    @pytest.mark.parametrize(("operator", "value"), EVERY_VALUE)
    def test_takes_every_name_of_a_value(self, operator, value):
        wanted = parse(f"{operator}:{value}", GRAMMAR)

        for name in NAMES.of_value(operator, value, "fr"):
            for typed in (*changed(name), name.replace("’", "'"), f'"{name.replace("-", " ")}"'):
                assert parse(f"{operator}:{typed}", GRAMMAR) == wanted

    @given(
        st.sampled_from(EVERY_VALUE),
        st.sampled_from(LANGUAGES),
        st.text(alphabet="abcé -", max_size=12),
    )
    def test_reads_back_what_it_tells_in_any_language(self, one, language, words):
        query = parse(f"{words} -{one[0]}:{one[1]} {words}", GRAMMAR)

        told = " ".join(term.told(language) for term in query.filters)

        assert parse(told, GRAMMAR).filters == query.filters

    @given(
        st.lists(
            st.one_of(
                st.text(),
                st.builds(
                    "{}:{}".format, st.sampled_from([*TABLE, "Macron", "e\u0301"]), st.text()
                ),
                st.sampled_from(["label:Disputed", 'source:"Le Monde"', "après", "« à 10:30 »"]),
                st.from_regex(r"-?[a-zé]{1,6}:?", fullmatch=True),
            ),
            max_size=6,
        ).map(" ".join)
    )
    def test_reads_what_could_be_read_before_as_before(self, text):
        """But the new names themselves: `après:` with nothing behind it was a word."""
        try:
            before = parse(text, ENGLISH_ONLY)
        except QueryError:
            return

        typed = {folded(one) for one in re.findall(r"([^\s:\"-]+):", text)}
        if not typed & {folded(one) for one in FRENCH - TABLE.keys()}:
            assert parse(text, GRAMMAR) == before

    @pytest.mark.parametrize(
        ("text", "day"),
        [("after:today", "2025-03-12"), ("apres:hier", "2025-03-11"), ("avant:2024", "2024-01-01")],
    )
    def test_counts_days_from_today(self, text, day):
        assert [one.value for one in parse(text, GRAMMAR).filters] == [day]


class TestWithout:
    @pytest.mark.parametrize(
        ("text", "rest"),
        [
            ("a étiquette:contesté b", "a b"),
            ("-source:“Le Monde” “un mot”", "“un mot”"),
            ("label:disputed", ""),
        ],
    )
    def test_leaves_the_rest_as_it_was_typed(self, text, rest):
        [only] = parse(text, GRAMMAR).filters

        assert only.without(text) == rest
