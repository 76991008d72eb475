import pytest

from annotations.extraction import features, reasons, signal

FIGURE = {"id": "figure", "start": 3, "end": 12, "params": {"quote": "12 postes"}}


class TestSentence:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "Contains a figure: 12 postes"),
            ("fr", "Contient un chiffre\u202f: 12 postes"),
            ("fr-ca", "Contient un chiffre\u202f: 12 postes"),
            ("de", "Contains a figure: 12 postes"),
        ],
    )
    def test_is_in_the_reader_s_language(self, language, said):
        assert reasons.sentence(FIGURE, language) == said

    def test_says_anew_what_an_older_version_stored_as_text(self):
        stored = {"id": "date", "text": "Names a date: lundi : 9 h", "start": 0, "end": 5}

        assert reasons.sentence(stored, "fr") == "Donne une date\u202f: lundi : 9 h"
        assert reasons.sentence(stored, "en") == "Names a date: lundi : 9 h"

    @pytest.mark.parametrize(
        "stored",
        [
            {"id": "figure", "text": "Contains a figure", "start": 0, "end": 5},
            {"id": "given_up", "text": "Contains a figure", "start": 0, "end": 5},
        ],
    )
    def test_leaves_as_it_came_what_it_cannot_say_anew(self, stored):
        assert reasons.sentence(stored, "fr") == "Contains a figure"

    def test_takes_braces_of_the_article_for_text(self):
        made = signal("figure", 0, 5, quote="{quote} {engine} {0}")

        assert reasons.sentence({"id": made.id, "params": made.params}, "en") == made.text
        assert made.text == "Contains a figure: {quote} {engine} {0}"


class TestWordings:
    def test_say_the_same_signals_with_the_same_parameters_in_every_language(self):
        english = reasons.WORDINGS["en"]

        for wordings in reasons.WORDINGS.values():
            assert wordings.keys() == english.keys()
            for name, wording in wordings.items():
                assert ("{quote}" in wording) == ("{quote}" in english[name])
                assert ("{engine}" in wording) == ("{engine}" in english[name])

    def test_keep_a_french_colon_on_its_line(self):
        assert [one for one in reasons.WORDINGS["fr"].values() if " :" in one] == []

    def test_are_of_signals_that_there_are(self):
        assert set(features.FEATURES) | {"reading", "model", "model_words"} >= reasons.KNOWN
