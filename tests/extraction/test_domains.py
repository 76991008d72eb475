"""News beyond the model articles: health, economy, sport, councils, science, crime."""

from datetime import date

import pytest

from annotations.extraction import Profile, extract

DAY = date(2025, 1, 15)  # a Wednesday


def read(text, language):
    return list(extract(text, language=language, published_at=DAY, profile=Profile.FAST))


def claimant(text, language):
    said = read(text, language)[-1].claimant
    return (said.text, said.name) if said else None


def amounts(text, language):
    return [(one.value, one.unit, one.modifier) for one in read(text, language)[0].quantities]


def moments(text, language):
    return [one.iso for one in read(text, language)[0].dates]


class TestFrenchClaimants:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Son chiffre d’affaires a fondu d’un tiers.", None),
            ("La demande de logements a bondi.", None),
            ("Le spectacle promet d’être superbe.", None),
            ("Selon nos informations, l’usine va fermer.", None),
            ("L’inflation, elle, devrait reculer, prévoit la Banque du Nord.", "Banque du Nord"),
            ("Son noyau contient de l’eau et du fer, indique une étude parue jeudi.", "étude"),
            ("Ces accords portent sur la pêche, le fret, a précisé cette source.", "source"),
            ("L’amende s’élève à 800 euros, d’après un document remis aux élus.", "document"),
            ("Son avocate, Me Sarah Lévy, a fait savoir qu’il niait.", "Sarah Lévy"),
            ("En 2019, la Cour des comptes jugeait ce plan « inefficace ».", "Cour des comptes"),
            ("La route est fermée et le préfet annonce que les bus sont arrêtés.", "préfet"),
            (
                "« Il pleut », a déclaré hier sur les ondes de Radio Sud, Paul Morel, maire d’Ax.",
                "Paul Morel",
            ),
            ("Le secrétaire d’État soulignera que la loi est claire.", "secrétaire d’État"),
        ],
    )
    def test_are_the_ones_who_speak(self, text, name):
        found = claimant(text, "fr")

        assert (found[0] if found else None) == name

    def test_a_minister_who_leads_a_sentence_is_he_in_the_next(self):
        text = (
            "« Tout va bien », a dit Hugues Lambert, infectiologue. Le ministre de la Santé se "
            "rendra sur place vendredi. « Les lits manquent », a-t-il reconnu."
        )

        assert claimant(text, "fr") == ("il", "ministre de la Santé")

    def test_an_agency_that_is_no_medium_is_the_body_named_before(self):
        text = (
            "D’après Santé publique France, les cas montent. L’agence souligne que l’hiver est là."
        )

        assert claimant(text, "fr") == ("agence", "Santé publique France")


class TestEnglishClaimants:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Shares in the firm jumped after it reported a quarterly profit.", None),
            ("Rovers have now conceded in 11 straight matches.", None),
            ("Opposition leader Greg Dunn accused the council of waste.", "Greg Dunn"),
            ("Detective Sgt. Maria Lopez told reporters the gun was found.", "Maria Lopez"),
            ("Asked about suspects, Lopez would not say.", "Lopez"),
            ("“Rates will stay,” Chair Jerome Bond said on Monday.", "Jerome Bond"),
            ("Nina Hart, 19, who was in the car, said the light was red.", "Nina Hart"),
            ("“It rains,” Paul Moss, head of the office and its founder, said.", "Paul Moss"),
        ],
    )
    def test_are_the_ones_who_speak(self, text, name):
        found = claimant(text, "en")

        assert (found[0] if found else None) == name

    def test_a_state_broadcaster_keeps_its_first_word(self):
        text = "The ministry denied that it sold arms, state TV reported, citing a spokesman."

        said = read(text, "en")[0].claimant

        assert (said.text, said.via.text) == ("ministry", "state TV")


class TestAmounts:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "La comète file à 42 km/s.", [(42, "km/s", None)]),
            ("fr", "Le taux passera entre 1,5 % et 2 %.", [((1.5, 2), "%", None)]),
            ("fr", "Il a attendu une demi-heure.", [(0.5, "heure", None)]),
            ("fr", "Le club joue un quart de finale.", []),
            ("en", "Half a million people left.", [(500_000, "person", None)]),
            ("en", "It limped off after half an hour.", [(0.5, "hour", None)]),
            ("en", "Growth of between 1.5% and 2% is likely.", [((1.5, 2), "%", None)]),
            ("en", "Traffic fell by a fifth since spring.", [(0.2, "fraction", None)]),
            ("en", "It made more than three times what it cost.", [(3, "ratio", ">")]),
            ("en", "City had a 3-2 win over Rovers.", [((3, 2), "score", None)]),
            ("en", "The cold reached -5C there.", [(-5, "°C", None)]),
            ("en", "Nurses urge over-65s to come.", []),
            (
                "en",
                "The number of people waiting fell to 7.46 million, down from 7.48 million.",
                [(7_460_000, "person", None), (7_480_000, "person", None)],
            ),
        ],
    )
    def test_are_read_with_what_they_count(self, language, text, expected):
        assert amounts(text, language) == expected


class TestDates:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Alerte jusqu’à mercredi 6 heures.", ["2025-01-15T06:00"]),
            (
                "fr",
                "Le mercure pourrait chuter dans la nuit de jeudi à vendredi.",
                ["2025-01-16/2025-01-17"],
            ),
            ("en", "The warning is valid until 9pm on Friday.", ["2025-01-17T21:00"]),
            ("en", "He told the Today programme so.", []),
            ("en", "It could fall in 24 hours.", []),
        ],
    )
    def test_are_resolved(self, language, text, expected):
        assert moments(text, language) == expected


class TestSentences:
    def test_a_new_one_may_lack_its_capital(self):
        found = read("They sold the house quickly. it was old. Nobody knew cf. the map.", "en")

        assert [one.exact[:4] for one in found] == ["They", "it w", "Nobo"]


class TestKinds:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("fr", "Un homme de 43 ans a été mis en examen samedi par le juge de Valence."),
            ("en", "A 34-year-old man was charged on Sunday with the murder of a shopkeeper."),
        ],
    )
    def test_an_age_is_not_what_is_claimed(self, language, text):
        assert str(read(text, language)[0].kind) == "event"
