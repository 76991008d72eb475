import subprocess
import sys

import pytest

from annotations.extraction import ENGINE, Span, detect_language, extract, fit_to_pinned

TEXT = "Titre court\n\nLe maire a quitté son poste mardi. Son adjointe lui succède."


class TestExtract:
    def test_gives_one_finding_a_sentence_at_its_exact_place(self):
        found = list(extract(TEXT, language="fr"))

        assert [TEXT[one.start : one.end] for one in found] == [one.exact for one in found]
        assert [str(one.role) for one in found] == ["headline", "body", "body"]
        assert {one.engine for one in found} == {ENGINE}

    def test_says_that_it_cannot_tell_the_language_of_nothing(self):
        assert detect_language("  12 ") == "und"
        assert list(extract("  \n ")) == []


class TestDetectLanguage:
    def test_tells_an_article_by_its_small_words_without_loading_a_model(self):
        code = (
            "from annotations.extraction import detect_language, language\n"
            "text = 'Le maire de la ville a dit que les travaux du pont ne sont pas finis. ' * 3\n"
            "assert detect_language(text) == 'fr'\n"
            "text = 'The mayor of the town said it was for the best. ' * 5\n"
            "assert detect_language(text) == 'en'\n"
            "assert language._identifier.cache_info().currsize == 0\n"
        )

        subprocess.run([sys.executable, "-c", code], check=True)

    @pytest.mark.parametrize(
        ("expected", "text"),
        [
            ("fr", "Trois blessés à Brest."),
            ("en", "Mayor resigns over bridge"),
            ("es", "El alcalde dimite por el puente"),
            ("ru", "Мэр подал в отставку."),
        ],
    )
    def test_asks_the_model_where_there_are_few(self, expected, text):
        assert detect_language(text) == expected


class TestFitToPinned:
    def test_keeps_the_pinned_span_and_cuts_the_others(self):
        text = "Un deux. Trois quatre. Cinq."
        proposed = [Span(0, 8), Span(9, 22), Span(23, 28)]

        fitted = fit_to_pinned(text, proposed, [Span(3, 14)])

        assert fitted == [Span(0, 2), Span(3, 14), Span(15, 22), Span(23, 28)]


def test_the_engine_loads_without_django():
    code = "import sys; sys.modules['django'] = None; import annotations.extraction"

    subprocess.run([sys.executable, "-c", code], check=True)
