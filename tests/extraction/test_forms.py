"""Forms of speakers, amounts, dates and roles that ordinary news had and the rules had not."""

from datetime import date

import pytest

from annotations.extraction import Profile, Role, extract

DAY = date(2025, 6, 18)


def read(language, text):
    found = list(extract(text, language=language, published_at=DAY, profile=Profile.FAST))
    return found[0]


class TestSpeakers:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Le feu a pris en fin d’après-midi dans la scierie.", None),
            ("fr", "Téhéran a toujours nié vouloir la bombe.", "Téhéran"),
            ("fr", "Bercy exclut toute hausse d’impôt.", "Bercy"),
            ("fr", "Le laboratoire a rappelé plusieurs lots mardi.", None),
            ("fr", "La cour a confirmé mardi la condamnation du trésorier.", None),
            ("fr", "Le parquet a abandonné, estimant que rien n’était établi.", "parquet"),
            ("fr", "Le pont tient, selon les chiffres de l’Insee.", "Insee"),
            (
                "fr",
                "Trois morts, selon les autorités locales citées par l’AFP.",
                "autorités locales",
            ),
            ("fr", "Dans l’entourage du maire, on assure que non.", "entourage du maire"),
            ("fr", "Ils ont fui, a-t-on appris de source policière.", "source policière"),
            ("fr", "L’agence a abaissé la note de la France.", None),
            ("en", "“Heartbreaking,” said neighbour Tony Marsh.", "Tony Marsh"),
            ("en", "He forged bills, prosecutor Helen Brand told the court.", "Helen Brand"),
            (
                "en",
                "Asked twice, Leila Mansour, the Ohio Democrat, said it was dead.",
                "Leila Mansour",
            ),
            ("en", "Treasury rules out tax rise", "Treasury"),
            ("en", "“No,” a spokesman for the commission said.", "spokesman for the commission"),
            ("en", "The canvas sold for twice its low estimate.", None),
            ("en", "The firm recalled several batches on Tuesday.", None),
        ],
    )
    def test_are_those_who_speak_and_no_others(self, language, text, expected):
        claimant = read(language, text).claimant

        assert (claimant.text if claimant else None) == expected


class TestAmounts:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Le budget passe de 4,1 à 3,8 milliards d’euros.", [4.1e9, 3.8e9]),
            ("fr", "Il faut de 10 à 15 jours.", [(10, 15)]),
            ("fr", "Un service d’urgences sur cinq fermera.", [0.2]),
            ("fr", "Au moins une nuit par semaine.", [1]),
            ("fr", "Trafic normal sur les lignes 1 et 14.", []),
            ("en", "Membership went from 120 to 85.", [120, 85]),
            ("en", "Sentences ranging from 10 to 15 years.", [(10, 15)]),
            ("en", "It closes for at least one night.", [1]),
            ("en", "Two hundred and seventy-five people left.", [275]),
            ("en", "It came ashore as a category five storm.", []),
        ],
    )
    def test_are_told_from_names_and_articles(self, language, text, expected):
        assert [one.value for one in read(language, text).quantities] == expected


class TestDates:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "09h42 – La ligne est coupée.", ["2025-06-18T09:42"]),
            ("fr", "Elle a dit que la rentrée aurait lieu le 1er septembre.", ["2025-09-01"]),
            ("fr", "Ce matin-là, il neigeait.", []),
            ("fr", "Elle aime l’odeur du pain le dimanche matin.", []),
            ("fr", "L’audience est renvoyée au 6 mars.", ["2026-03-06"]),
            ("en", "09:42 The line is shut.", ["2025-06-18T09:42"]),
            ("en", "Sentencing was adjourned until 6 March.", ["2026-03-06"]),
            ("en", "She loves bread on Sunday mornings.", []),
            ("en", "Drones were fired overnight into Tuesday.", ["2025-06-17"]),
            ("en", "He confirmed that schools would reopen on 1 September.", ["2025-09-01"]),
        ],
    )
    def test_follow_the_clock_the_tense_and_habit(self, language, text, expected):
        assert [one.iso for one in read(language, text).dates] == expected


class TestRoles:
    @pytest.mark.parametrize(
        ("language", "text", "role"),
        [
            ("fr", "L’actrice à la cérémonie de clôture. (Photo by Ann Lee / AFP)", Role.CAPTION),
            ("en", "Fans celebrate outside the ground. Picture: Simon Hulme", Role.CAPTION),
            ("fr", "Crédits photo : Unsplash", Role.BOILERPLATE),
            ("en", "Some names have been changed.", Role.BOILERPLATE),
            ("en", "This live blog is now closed.", Role.BOILERPLATE),
        ],
    )
    def test_are_given_away_by_credits_and_set_phrases(self, language, text, role):
        assert read(language, text).role is role
