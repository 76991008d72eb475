"""What the search finds by words, through the index that the database keeps itself."""

import pytest

from annotations.models import Article, SearchEntry
from tests.factories import (
    ArticleFactory,
)
from tests.models.search.texts import wrote


class TestWords:
    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            ("La présidente a démissionné.", "president"),
            ("La présidente a démissionné.", "PRÉSIDENTES"),
            ("Le president a demissionne.", "démissionner"),
            ("Un œuf coûte 3,5 euros.", "oeufs"),
            ("Un œuf coûte 3,5 euros.", "3,5"),
            ("Le solde est de -3,5 %.", "3,5"),
            ("Le budget 2024-2025 est voté.", "2025"),
            ("L’élection est reportée.", "élections"),
            ("Le porte-parole a parlé.", "porte-parole"),
            ("Le porte-parole a parlé.", "parole"),
            ("Le pre\u0301sident parle.", "président"),
        ],
    )
    def test_are_found_by_their_stem_without_accents(self, french, found, text, asked):
        wrote(french, text, "Rien de tel ici.")

        assert found(asked) == [text]

    def test_are_read_in_the_language_of_the_article(self, french, english, found):
        wrote(english, "The presidents were elected.")
        wrote(french, "Les présidents parlent.")

        assert found("president") == ["The presidents were elected.", "Les présidents parlent."]
        assert found("president -parlent") == ["The presidents were elected."]
        assert found("election") == ["The presidents were elected."]

    def test_other_languages_are_found_as_they_stand(self, desk, found):
        german = ArticleFactory(desk=desk, language="de", title="Titel")
        wrote(german, "Das Büro öffnet.")

        assert found("buro") == ["Das Büro öffnet."]

    def test_stand_all_in_the_same_sentence(self, french, found):
        wrote(french, "Huit missiles sont tombés.", "Huit jours plus tard.", "Des missiles.")

        assert found("huit missiles") == ["Huit missiles sont tombés."]

    def test_of_a_phrase_stand_side_by_side(self, french, found):
        wrote(french, "Huit missiles sont tombés.", "Des missiles, huit en tout.")

        assert found('"huit missiles"') == ["Huit missiles sont tombés."]
        assert found('missiles -"huit missiles"') == ["Des missiles, huit en tout."]

    def test_that_are_everywhere_find_nothing(self, french, found):
        wrote(french, "Dans une ville.")

        assert found("dans") == []

    def test_of_titles_are_found(self, french, found):
        assert found("titres") == ["Un titre"]


class TestIndex:
    def test_holds_the_newest_text_only(self, french, found):
        wrote(french, "Des missiles.")
        french.current_revision = None
        french.save()

        assert found("missiles") == []

    def test_follows_what_is_changed(self, french, found):
        [sentence] = wrote(french, "Des missiles.")
        sentence.exact = "Des drones!!!"
        sentence.save()
        french.title = "Un autre nom"
        french.save()

        assert (found("missiles"), found("drones")) == ([], ["Des drones!!!"])
        assert (found("titre"), found("autre")) == ([], ["Un autre nom"])

    def test_follows_the_language(self, french, found):
        wrote(french, "The elections.")
        french.language = "en"
        french.save()

        assert found("elected") == ["The elections."]

    def test_goes_with_the_article(self, french, found):
        Article.objects.all().delete()

        assert not SearchEntry.objects.exists()
