import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.search.completion import fitting, names, unfinished
from annotations.search.language import Operator, Takes

OPERATORS = {"label": Operator(Takes.CHOICE, ("verified",)), "lang": Operator(Takes.TEXT)}


class TestUnfinished:
    @given(st.text())
    def test_keeps_all_that_stood_before(self, before):
        piece = unfinished(before)

        assert piece is None or before.startswith(piece.kept)

    @pytest.mark.parametrize(
        ("before", "kept", "operator", "typed"),
        [
            ("", "", "", ""),
            ("missiles la", "missiles ", "", "la"),
            ("missiles -la", "missiles -", "", "la"),
            ("a label:ver", "a ", "label", "ver"),
            ("-label:", "-", "label", ""),
            ('source:"Le M', "", "source", "Le M"),
            ('"un mot" la', '"un mot" ', "", "la"),
        ],
    )
    def test_reads_the_last_piece(self, before, kept, operator, typed):
        piece = unfinished(before)

        assert (piece.kept, piece.operator, piece.typed) == (kept, operator, typed)

    @pytest.mark.parametrize("before", ['"huit mis', "10:3", "été"])
    def test_offers_nothing_inside_a_phrase_or_other_words(self, before):
        assert unfinished(before) is None

    def test_goes_on_from_there(self):
        assert unfinished("a -la").with_operator("label") == "a -label:"
        assert unfinished("a source:le").with_value("Le Monde") == 'a source:"Le Monde" '


class TestNames:
    def test_begin_as_typed(self):
        assert names(unfinished("a l"), OPERATORS) == ["label", "lang"]
        assert names(unfinished("a lab"), OPERATORS) == ["label"]
        assert names(unfinished("label:v"), OPERATORS) == []


class TestFitting:
    def test_puts_what_begins_so_first(self):
        assert fitting("mon", ["Le Monde", "Monaco-Matin", "La Gazette"]) == [
            "Monaco-Matin",
            "Le Monde",
        ]
