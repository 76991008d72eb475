from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.search.language import (
    LENGTH,
    Filter,
    Grammar,
    Operator,
    Query,
    QueryError,
    Takes,
    Words,
    parse,
)

OPERATORS = {
    "label": Operator(Takes.CHOICE, ("verified", "disputed")),
    "source": Operator(Takes.TEXT),
    "after": Operator(Takes.DAY),
}
NAMES = st.sampled_from(["label", "source", "after", "nowhere", "http", ""])
VALUES = st.one_of(
    st.sampled_from(["disputed", "2024-11-01", "2024", "2024-99", '"Le Monde"', ""]), st.text()
)
PIECES = st.one_of(
    st.text(),
    st.builds("{}{}:{}".format, st.sampled_from(["", "-", "--"]), NAMES, VALUES),
    st.builds('{}"{}"'.format, st.sampled_from(["", "-"]), st.text()),
    st.sampled_from(["l’été", "-3,5", "« huit missiles »", "“x", "œ:", "a:b"]),
)


def read(text):
    return parse(text, Grammar(OPERATORS, date(2025, 3, 12)))


class TestProperties:
    @given(st.lists(PIECES, max_size=8).map(" ".join))
    def test_never_fails_but_with_its_own_error(self, text):
        try:
            query = read(text)
        except QueryError:
            return

        assert read(str(query)) == query

    @given(st.text(max_size=LENGTH))
    def test_finds_no_operator_where_none_is_written(self, text):
        query = read(text.replace(":", " "))

        assert query.filters == []

    @given(st.lists(PIECES, max_size=8).map(" ".join))
    def test_holds_no_character_that_a_database_refuses(self, text):
        try:
            query = str(read(text))
        except QueryError:
            return

        assert "\0" not in query
        query.encode()


class TestWords:
    def test_reads_words_phrases_and_what_must_not_be_there(self):
        query = read('missiles "huit  missiles" -Kiev -"deux mots"')

        assert query.words == [
            Words("missiles"),
            Words("huit missiles", is_phrase=True),
            Words("Kiev", is_negated=True),
            Words("deux mots", is_phrase=True, is_negated=True),
        ]

    @pytest.mark.parametrize("text", ["« huit missiles »", "“huit missiles”", '"huit missiles'])
    def test_takes_every_kind_of_quotation_mark(self, text):
        assert read(text) == Query((Words("huit missiles", is_phrase=True),))

    @pytest.mark.parametrize("text", ["", " ", "-", '""', "«»", "… ! ?", ":", '-""'])
    def test_leaves_out_what_is_no_word(self, text):
        assert read(text) == Query()

    @pytest.mark.parametrize("text", ["10:30", "https://journal.example/a", "Macron:", "l’été"])
    def test_takes_as_a_word_what_only_looks_like_an_operator(self, text):
        assert read(text) == Query((Words(text),))


class TestFilters:
    def test_reads_operators_with_their_values(self):
        query = read('label:Disputed -SOURCE:"Le  Monde" after:2024-11')

        assert query.filters == [
            Filter("label", "disputed"),
            Filter("source", "Le Monde", is_negated=True),
            Filter("after", "2024-11-01"),
        ]
        assert str(query) == 'label:disputed -source:"Le Monde" after:2024-11-01'

    @pytest.mark.parametrize(
        ("text", "code", "place", "shown", "allowed"),
        [
            ("a labl:disputed", "unknown_operator", 3, "labl", ("label", "source", "after")),
            ("Étage:vérifié", "unknown_operator", 1, "Étage", ("label", "source", "after")),
            ("Étiquette:odd", "unknown_value", 11, "Étiquette:odd", ("verified", "disputed")),
            ("étiquette:", "needs_value", 1, "étiquette:", ("verified", "disputed")),
            ("label:odd", "unknown_value", 7, "label:odd", ("verified", "disputed")),
            ("label:", "needs_value", 1, "label:", ("verified", "disputed")),
            ('-source:""', "needs_value", 2, "source:", ()),
            ("after:2024-02-30", "bad_day", 7, "after:2024-02-30", None),
            ("after:soon", "bad_day", 7, "after:soon", None),
        ],
    )
    def test_refuses_what_it_does_not_know(self, text, code, place, shown, allowed):
        with pytest.raises(QueryError) as refusal:
            read(text)

        error = refusal.value
        assert (error.code, error.place, error.given) == (code, place, shown)
        assert allowed is None or error.allowed == allowed

    def test_refuses_what_is_too_long(self):
        with pytest.raises(QueryError) as refusal:
            read("a" * (LENGTH + 1))

        assert refusal.value.code == "too_long"

    def test_refuses_too_many_words(self):
        with pytest.raises(QueryError) as refusal:
            read("a " * 40)

        assert refusal.value.code == "too_many"
