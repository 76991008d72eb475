from datetime import date

import pytest

from annotations.extraction import extract, segment
from tests.extraction.passages import ENGLISH, FRENCH

DAY = date(2025, 2, 12)


def read(text, language):
    return {one.exact: one for one in extract(text, language=language, published_at=DAY)}


def containing(found, words):
    return next(one for exact, one in found.items() if words in exact)


@pytest.fixture(scope="module")
def french():
    return read(FRENCH, "fr")


@pytest.fixture(scope="module")
def english():
    return read(ENGLISH, "en")


class TestSentences:
    def test_french_ones_are_cut_at_the_right_places(self, french):
        beginnings = [exact[:13] for exact in french]

        assert beginnings == [
            *("Infos du Soir", "Le port de Ro", "La ville est ", "Les navires d", "Elle a ajouté"),
            *("Le préfet con", "Le port reste", "Pour M. Abive", "La capitaineri"[:13]),
            *("« Rien n’est ", "(Le préfet ét", "Selon l’adjoi", "Un remorqueur", "Le P.-D.G. du"),
            *("Il s’est trom", "Voir www.port", "1. Le quai no", "2. Le quai su", "Par : Yann Le"),
            *("Inscrivez-vou", "Lien source"),
        ]

    def test_english_ones_are_cut_at_the_right_places(self, english):
        beginnings = [exact[:12] for exact in english]

        assert beginnings == [
            *("Port bans la", "By Jane Arch", "Ships longer", "“We are tire", "Mr. Abbott o"),
            *("The harbour ", "(He gave no ", "Dr. J. K. Mi", "According to", "Reed insiste"),
            *("“Is it safe?", "Read more: H"),
        ]

    @pytest.mark.parametrize(
        ("words", "role"),
        [
            ("Infos du Soir", "boilerplate"),
            ("pétroliers", "headline"),
            ("lasse des", "subheading"),
            ("remorqueur", "caption"),
            ("quai nord", "list_item"),
            ("Yann Le Guen", "byline"),
            ("Inscrivez", "boilerplate"),
            ("Lien source", "boilerplate"),
            ("capitainerie a", "body"),
        ],
    )
    def test_have_the_role_of_their_line(self, french, words, role):
        assert containing(french, words).role == role

    @pytest.mark.parametrize(
        ("language", "text", "count"),
        [
            ("fr", "Le P.I.B. a crû de 0,2 %. M. Le Drian l’a dit.", 2),
            ("fr", "Il vit av. J.-C. Rome dominait.", 1),
            ("fr", "« Viens ! » a crié Paul. Il est venu.", 2),
            ("fr", "La hausse est de 3 %.Les prix suivent.", 2),
            ("fr", "Une phrase coupée par\nun retour à la ligne.", 1),
            ("fr", "Victoire 🎉 Le stade exulte.", 2),
            ("en", "He works at Acme Inc. in the U.S. The firm is big.", 2),
            ("en", "It rose 2.5 percent, e.g. in May. Then it fell.", 2),
            ("en", "“Stop. Now,” she said. They did.", 2),
            ("en", "Amazon.com grew.\r\nSo did eBay.", 2),
            ("de", "Er kam am 3. Mai an. Sie blieb.", 2),
            ("es", "¿Quién viene? El Sr. García lo sabe.", 2),
            ("ar", "هل جاء؟ نعم جاء.", 2),
        ],
    )
    def test_are_counted_right(self, language, text, count):
        assert len(segment(text, language)) == count


class TestClaimants:
    @pytest.mark.parametrize(
        ("words", "text", "name"),
        [
            ("Les navires", "Solène Kerbrat", "Solène Kerbrat"),
            ("Elle a ajouté", "Elle", "Solène Kerbrat"),
            ("retards", "pilotes", "pilotes"),
            ("Rien n’est", "Kerbrat", "Solène Kerbrat"),
            ("Selon l’adjointe", "adjointe", "Solène Kerbrat"),
            ("P.-D.G.", "J.-P. Morvan", "J.-P. Morvan"),
        ],
    )
    def test_are_found_in_french(self, french, words, text, name):
        claimant = containing(french, words).claimant

        assert (claimant.text, claimant.name) == (text, name)

    @pytest.mark.parametrize(
        ("words", "text", "name"),
        [
            ("Ships", "Sarah Cole", "Sarah Cole"),
            ("tired", "she", "Sarah Cole"),
            ("harbour", "Tom Reed", "Tom Reed"),
            ("According", "Marine Institute", "Marine Institute"),
            ("insisted", "Reed", "Tom Reed"),
        ],
    )
    def test_are_found_in_english(self, english, words, text, name):
        claimant = containing(english, words).claimant

        assert (claimant.text, claimant.name) == (text, name)


class TestCandidates:
    def test_are_never_page_furniture(self, french, english):
        never = {"boilerplate", "byline", "caption"}
        found = [*french.values(), *english.values()]

        assert not [one.exact for one in found if one.role in never and one.is_candidate]

    def test_are_the_sentences_that_can_be_checked(self, french, english):
        chosen = [french, "Elle a ajouté"], [french, "retards"], [english, "harbour"]
        left = [french, "Il s’est"], [english, "tired"], [english, "safe"], [english, "declined"]

        assert all(containing(*one).is_candidate for one in chosen)
        assert not any(containing(*one).is_candidate for one in left)

    def test_say_why(self, french):
        signals = {one.id: one.text for one in containing(french, "Elle a ajouté").signals}

        assert signals["figure"] == "Contains a figure: sept incidents"
        assert signals["date"] == "Names a date: l’an dernier"

    def test_have_a_kind(self, french):
        assert containing(french, "Elle a ajouté").kind == "numeric"
        assert containing(french, "Rien n’est").kind == "opinion"
        assert containing(french, "Les navires").kind == "prediction"
