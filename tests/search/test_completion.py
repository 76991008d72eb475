import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.search.completion import Offer, names, unfinished, values
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
            ("a étiq", "a ", "", "étiq"),
            ("a Étiquette:con", "a ", "Étiquette", "con"),
            ("après:aujourd’", "", "après", "aujourd’"),
        ],
    )
    def test_reads_the_last_piece(self, before, kept, operator, typed):
        piece = unfinished(before)

        assert (piece.kept, piece.operator, piece.typed) == (kept, operator, typed)

    @pytest.mark.parametrize("before", ['"huit mis', "10:3", "l’été"])
    def test_offers_nothing_inside_a_phrase_or_other_words(self, before):
        assert unfinished(before) is None

    def test_goes_on_from_there(self):
        assert unfinished("a -la").with_operator("label") == "a -label:"
        assert unfinished("a source:le").with_value("Le Monde") == 'a source:"Le Monde" '


OFFERED = {"label": Operator(Takes.CHOICE), "lang": Operator(Takes.TEXT)}


class TestNames:
    @pytest.mark.parametrize(
        ("before", "language", "offered"),
        [
            ("a l", "en", ["label", "lang"]),
            ("a lab", "en", ["label"]),
            ("a ", "fr", ["étiquette", "langue"]),
            ("a ETI", "en", ["étiquette"]),
            ("a l", "fr", ["langue", "label"]),
            ("label:v", "en", []),
            ("été", "fr", []),
        ],
    )
    def test_are_the_readers_or_those_that_were_begun(self, before, language, offered):
        assert [one.name for one in names(unfinished(before), OFFERED, language)] == offered


class TestValues:
    @pytest.mark.parametrize(
        ("typed", "language", "offered"),
        [
            ("", "fr", ["vérifié", "contesté"]),
            ("conteste", "en", ["contesté"]),
            ("disp", "fr", ["disputed"]),
            ("veri", "fr", ["vérifié"]),
            ("VERI", "en", ["verified"]),
            ("zzz", "fr", []),
        ],
    )
    def test_are_called_as_the_reader_does_or_began_to(self, typed, language, offered):
        found = values(typed, ["verified", "disputed"], operator="label", language=language)

        assert [one.name for one in found] == offered

    def test_put_what_begins_so_first(self):
        outlets = ["Le Monde", "Monaco-Matin", "La Gazette"]

        found = values("mon", outlets, operator="source", language="fr")

        assert found == [Offer("Monaco-Matin", "Monaco-Matin"), Offer("Le Monde", "Le Monde")]
