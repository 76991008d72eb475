"""A third article of our own: what translation and copying leave behind in a text."""

from datetime import date
from pathlib import Path

import pytest

from annotations.extraction import Profile, Role, extract

PATH = Path(__file__).parent.parent / "data" / "barrage_de_kostava.txt"
PETROVA = "Nadia Petrova"


@pytest.fixture(scope="module")
def article():
    text = PATH.read_text(encoding="utf-8")
    day = date(2025, 2, 14)
    return text, list(extract(text, language="fr", published_at=day, profile=Profile.FAST))


def starting(article, words):
    return next(one for one in article[1] if one.exact.startswith(words))


class TestSentences:
    def test_are_cut_where_an_editor_would(self, article):
        starts = [one.exact[:14] for one in article[1] if one.role is Role.BODY]

        assert starts == [
            *("Les vannes du ", "Le lac a perdu", "Les communes d", "La sécheresse "),
            *("Interrogée jeu", "Selon la minis", "« Rouvrir main", "Plus tôt cette"),
            *(
                "Les ingénieurs",
                "La digue est «",
                "Les vannes du ",
                "Le lac a perdu",
                "Vendredi, l’op",
            ),
        ]

    @pytest.mark.parametrize(
        ("words", "role"),
        [
            ("Dernière minute", Role.BOILERPLATE),
            ("Le barrage de Kostava", Role.HEADLINE),
            ("Le gouvernement est", Role.SUBHEADING),
            ("Une péniche", Role.CAPTION),
            ("Par : Olga Marin / Afrique du Sud Première Tv", Role.BYLINE),
            ("Dernières Nouvelles | Zone 7", Role.BOILERPLATE),
            ("Lien source", Role.BOILERPLATE),
        ],
    )
    def test_have_the_role_of_their_line(self, article, words, role):
        assert starting(article, words).role is role

    def test_keep_what_was_left_in_another_language_in_its_quotation(self, article):
        text, _ = article
        quote = starting(article, "Selon la ministre").quotes[0]

        assert text[quote.start : quote.end] == "« ramener [lake] niveau à sa cote d’été »"

    def test_keep_both_halves_of_a_quotation_that_was_split(self, article):
        text, _ = article
        quotes = starting(article, "Interrogée jeudi").quotes

        assert [text[one.start : one.end] for one in quotes] == [
            "« Nous avons indemnisé les pêcheurs de la vallée »",
            "« n’ont pas changé. »",
        ]


class TestClaimants:
    @pytest.mark.parametrize(
        ("words", "text", "name"),
        [
            ("Le gouvernement est", PETROVA, PETROVA),
            ("Les vannes", PETROVA, PETROVA),
            ("La sécheresse", "radio publique", "radio publique"),
            ("Interrogée", "Petrova", PETROVA),
            ("Selon la ministre", "ministre adjointe", PETROVA),
            ("« Rouvrir", "Petrova", PETROVA),
            ("Plus tôt", "Courrier de l’Est", "Courrier de l’Est"),
            ("La digue", "responsable", "responsable"),
        ],
    )
    def test_are_the_ones_who_speak(self, article, words, text, name):
        claimant = starting(article, words).claimant

        assert (claimant.text, claimant.name) == (text, name)

    def test_of_a_chain_are_both_kept(self, article):
        claimant = starting(article, "Les ingénieurs").claimant

        assert (claimant.text, claimant.via.text) == ("ingénieurs", "radio publique")


class TestFigures:
    @pytest.mark.parametrize(
        ("words", "amounts", "days"),
        [
            ("Le lac", [(14, "mètre")], ["2025-W06"]),
            ("Selon la ministre", [(1200, "hectare")], ["2022"]),
            ("Plus tôt", [(2, "inspection")], ["2025-W07"]),
            ("Les vannes", [], ["2025-SP", "2025-02-13"]),
            ("Vendredi", [(11, "mètre")], ["2025-02-14", "2025-W06"]),
        ],
    )
    def test_are_read_through_spaces_that_do_not_break(self, article, words, amounts, days):
        found = starting(article, words)

        assert [(one.value, one.unit) for one in found.quantities] == amounts
        assert [one.iso for one in found.dates] == days

    def test_that_disagree_are_hinted_at(self, article):
        conflicts = starting(article, "Vendredi").conflicts

        assert [(one.text, one.other_text) for one in conflicts] == [
            ("11 mètres", "14\u00a0mètres")
        ]


class TestRepeats:
    def test_of_a_whole_paragraph_point_back(self, article):
        again = article[1][-7:-5]

        assert [one.repeats.start for one in again] == [
            starting(article, "Les vannes").start,
            starting(article, "Le lac").start,
        ]
