"""The wire as it comes: speakers inside quotations, glued lines, headlines, ranges, hours."""

from datetime import date

import pytest

from annotations.extraction import Kind, Profile, Role, extract

DAY = date(2025, 3, 12)  # a Wednesday


def read(language, text):
    return list(extract(text, language=language, published_at=DAY, profile=Profile.FAST))


def speaker(language, text):
    said = read(language, text)[-1].claimant
    return said.text if said else None


class TestSpeakers:
    @pytest.mark.parametrize(
        "late",
        [
            "peu avant minuit",
            "juste après le vote",
            "plus tard dans la soirée",
            "tôt lundi matin",
            "quelques heures après le drame",
            "moins d’une heure après",
            "tard dans la nuit",
            "immédiatement après",
            "vers 22 heures",
            "dès mardi",
            "il y a deux jours",
            "pas plus tard que lundi",
            "lundi",
            "ensuite à la presse",
            "alors que les secours arrivaient",
            "tout en saluant les secours",
            "par téléphone",
            "durant la séance",
            "entre deux réunions",
            "d’une voix ferme",
            "très ému",
            "visiblement émue",
        ],
    )
    @pytest.mark.parametrize("name", ["Karim Benali", "Mme Belleplaine", "la ministre"])
    def test_end_before_the_words_that_say_when_and_how(self, name, late):
        found = speaker("fr", f"« La digue a cédé », a déclaré {name} {late}.")

        assert found == name.removeprefix("Mme ").removeprefix("la ")

    @pytest.mark.parametrize(
        "late",
        [
            "shortly before midnight",
            "just after the vote",
            "late on Monday",
            "hours later",
            "minutes after the blast",
            "soon afterwards",
            "again on Friday",
            "almost immediately",
            "two days later",
            "later that evening",
            "only hours before the vote",
            "through tears",
            "visibly moved",
            "then",
            "once the vote was over",
            "around 10pm",
            "no longer ago than Monday",
        ],
    )
    @pytest.mark.parametrize("name", ["Karen Bell", "Ms Bellfield", "a spokesman"])
    def test_end_before_the_words_that_say_when_and_how_in_english(self, name, late):
        found = speaker("en", f"“The dam has burst,” said {name} {late}.")

        assert found == name.removeprefix("Ms ").removeprefix("a ")

    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "« C’est rare, souligne Romain Aubry, du CNRS. L’eau baisse. »", "Romain Aubry"),
            ("fr", "« Nous avons, rappelle-t-il, investi en 2020. »", "il"),
            ("fr", "« Le pont, a-t-elle expliqué, n’était plus sûr. »", "elle"),
            ("fr", "« Les loyers, affirme la ministre, ont monté. »", "ministre"),
            ("fr", "« Alors, faut-il partir ? »", None),
            ("fr", "« C’est faux », lui rétorque la CGT.", "CGT"),
            ("fr", "Le député (LFI) Thomas Portes a dénoncé le texte.", "Thomas Portes"),
            ("fr", "Le sortant, Marko Zupan (droite), a reconnu sa défaite.", "Marko Zupan"),
            ("fr", "« Il gèle », alerte Médecins sans frontières.", "Médecins sans frontières"),
            ("fr", "« Rien », a confié sous couvert d’anonymat une institutrice.", "institutrice"),
            ("fr", "Selon nos confrères du Temps, le pont fermera.", "Temps"),
            ("fr", "Un porte-parole, le commissaire Alain Duval, a dit non.", "Alain Duval"),
            ("fr", "Ce n’est pas vrai, s’est défendu Éric Morin sur X.", "Éric Morin"),
            ("fr", "« Honte », tonne à la tribune le député Luc Roy.", "Luc Roy"),
            ("fr", "« Assez », a martelé hier soir au JT de TF1 Bruno Rey.", "Bruno Rey"),
            ("fr", "Anne Roy, qui brigue un mandat, l’a promis dimanche.", "Anne Roy"),
            ("fr", "L’AFP a appris de source proche que tout va.", "source proche"),
            ("fr", "Le rapport, que Le Temps s’est procuré, pointe « des failles ».", "rapport"),
            ("en", "NATO’s chief, Mark Rutte, on Friday urged calm.", "Mark Rutte"),
            ("en", "The union’s leader — who is leaving — told members no.", "union’s leader"),
            ("en", "The report, seen by the BBC, points to “failings”.", "report"),
            ("en", "Its spokesman, Col. Igor Danel, said no.", "Igor Danel"),
            ("en", "Her press secretary, Maj. Gen. Pat Ryder, said no.", "Pat Ryder"),
            ("en", "“We lost,” manager Paula Reyes said afterwards.", "Paula Reyes"),
            ("en", "“Shocking,” lead author Ingrid Dahl said by phone.", "Ingrid Dahl"),
            ("en", "Slovak Prime Minister Robert Fico said no.", "Robert Fico"),
            ("en", "It resumes soon, a State Department aide said.", "State Department aide"),
            ("en", "Analysts at Jefferies said it was large.", "Analysts"),
            ("en", "Sources close to the talks say a deal is near.", "Sources close to the talks"),
            ("en", "Four years ago he promised to halve the debt.", "he"),
            ("en", "It was fair, the head, Ilse Brandt, was quoted as saying.", "Ilse Brandt"),
            ("en", "The court freed him, ruling that the proof was thin.", "court"),
            ("en", "France agreed on Tuesday to pay, the BBC reported.", "BBC"),
        ],
    )
    def test_are_found_where_they_stand(self, language, text, expected):
        assert speaker(language, text) == expected

    def test_of_another_office_are_remembered_by_their_name(self):
        text = "Outgoing Prime Minister Marko Zupan lost. “They cheated,” he told supporters."

        said = read("en", text)[-1].claimant

        assert said.name == "Marko Zupan"
        assert said.via is None

    def test_that_are_anyone_stand_for_nobody(self):
        found = read("fr", "« Oui », a dit Anne Roy. Ici, on se félicite du résultat.")[-1]

        assert found.claimant is None or found.claimant.name == "on"

    def test_keep_whom_their_medium_cites(self):
        text = "According to the daily Delo, which cited a source in the party, it is over."

        said = read("en", text)[0].claimant

        assert said.via.text == "source"


class TestAmounts:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Le bilan est passé dans la nuit de 23 à 31 morts.", [23, 31]),
            ("fr", "La facture a triplé, soit plus du double du prévu.", [2]),
            ("fr", "Le taux monte d’un quart de point.", [0.25]),
            ("fr", "Une trentaine d’élus sur 577 ont voté contre.", [30, 577]),
            ("fr", "Sur sept missiles, cinq ont été abattus.", [7, 5]),
            ("fr", "Le couvre-feu va de 22 h à 6 h.", []),
            ("fr", "Le sans-plomb 95 baisse.", []),
            ("fr", "Il veut réduire de moitié la dette.", [0.5]),
            ("fr", "Les ventes passent de 40 000 à 120 000 exemplaires.", [40_000, 120_000]),
            ("fr", "Le « 49.3 » a été utilisé 23 fois.", [23]),
            ("en", "The fee goes up to $19.90 from $14.99.", [19.9, 14.99]),
            ("fr", "Le chantier coûte 14 M€.", [14_000_000]),
            ("fr", "Le chantier coûte 3 m€.", [3]),
            ("en", "He earned more than double his aide’s pay.", [2]),
            ("en", "Rates stand at 4.25%-4.50% today.", [(4.25, 4.5)]),
            ("en", "It costs roughly 2½ times as much.", [2.5]),
            ("en", "It melts three times faster than before.", [3]),
            ("en", "They lost six of their last seven home matches.", [6, 7]),
            ("en", "City 2-3 Rovers", [(2, 3)]),
            ("en", "Several hundred protesters marched.", []),
            ("en", "It burned at least three dozen homes.", [36]),
            ("en", "She declared a disaster in nine counties.", [9]),
            ("en", "The curfew runs from 10 p.m. to 6 a.m. daily.", []),
        ],
    )
    def test_are_read(self, language, text, expected):
        assert [one.value for one in read(language, text)[0].quantities] == expected

    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Il manque au moins un professeur.", ["professeur"]),
            (
                "fr",
                "12 000 manifestants selon les élus, 4 500 d’après la police.",
                ["manifestant"] * 2,
            ),
            ("fr", "Le taux monte d’un quart de point.", ["point"]),
            ("fr", "Ils ont 24 et 31 ans.", ["an", "an"]),
            ("en", "It is free from the age of 50.", ["year"]),
            ("en", "They are aged 24 and 31 today.", ["year", "year"]),
            ("en", "The 2-1 defeat leaves them last.", ["score"]),
            ("en", "City 2-3 Rovers", ["score"]),
            ("en", "It melts three times faster than before.", ["ratio"]),
        ],
    )
    def test_have_a_unit(self, language, text, expected):
        assert [one.unit for one in read(language, text)[0].quantities] == expected

    def test_of_time_are_not_exceeded_where_they_only_passed(self):
        found = read("en", "He took $85,000 in bribes over six years.")[0]

        assert [one.modifier for one in found.quantities] == [None, None]


class TestDates:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Il sera jugé, a-t-on appris vendredi de source sûre.", ["2025-03-07"]),
            ("fr", "Il a, quant à lui, assuré mardi que tout irait bien.", ["2025-03-11"]),
            ("fr", "L’Insee table sur 0,2 % au deuxième trimestre.", ["2025-Q2"]),
            ("fr", "L’eau est montée entre vendredi et dimanche.", ["2025-03-07/2025-03-09"]),
            ("fr", "Il a été prolongé jusqu’au 30 avril.", ["2025-04-30"]),
            ("fr", "Elle est morte dans la nuit du 4 au 5 mars.", ["2025-03-04/2025-03-05"]),
            ("fr", "Il est mort vendredi peu après 18 heures.", ["2025-03-07T18:00"]),
            ("en", "Bell late on Monday said it would close.", ["2025-03-10"]),
            ("en", "It rose in the last quarter of 2024.", ["2024-Q4"]),
            ("en", "It rose between Friday and Sunday.", ["2025-03-07/2025-03-09"]),
            ("en", "It lifted off at 6:15 a.m. on Jan. 3.", ["2025-01-03T06:15"]),
            ("en", "He was held overnight Thursday into Friday.", ["2025-03-06/2025-03-07"]),
            ("en", "Sentencing was set for June 5.", ["2025-06-05"]),
            ("en", "Forecasters expect gusts through Thursday.", ["2025-03-13"]),
        ],
    )
    def test_are_resolved(self, language, text, expected):
        assert [one.iso for one in read(language, text)[0].dates] == expected


class TestSentences:
    @pytest.mark.parametrize(
        ("language", "text", "count"),
        [
            (
                "fr",
                "C’est fait, dit la commission électorale.« C’est une soirée rare », dit-il.",
                2,
            ),
            ("en", "It is done, the commission said.“It is a night to keep,” he said.", 2),
            ("en", "HARTFORD, Conn. (AP) — A trooper pleaded guilty.", 1),
            ("fr", "Les socialistes en tête, selon les résultats partielsPar AFP à Ljubljana", 2),
            ("en", "Democrats ahead, first results showBy Jane Holt in Ljubljana", 2),
        ],
    )
    def test_are_cut(self, language, text, count):
        assert len(read(language, text)) == count

    @pytest.mark.parametrize(
        ("language", "text", "role"),
        [
            ("fr", "Lire aussiLa Slovénie tourne la page", Role.BOILERPLATE),
            ("fr", "(Avec AFP et Reuters)", Role.BOILERPLATE),
            ("fr", "Par AFP avec notre correspondant à Ljubljana", Role.BYLINE),
            ("en", "READ MORESlovenia turns the page", Role.BOILERPLATE),
            ("en", "By Jane Whitlock in LagosPublished 4 March 2025", Role.BYLINE),
            ("en", "By AFP and Jane Holt in Ljubljana", Role.BYLINE),
        ],
    )
    def test_of_the_page_are_told_from_the_article(self, language, text, role):
        article = f"{text}\n\n" + "The council met on Monday. Le conseil a voté lundi."

        assert read(language, article)[0].role is role


class TestKinds:
    @pytest.mark.parametrize(
        ("language", "text", "kind"),
        [
            ("fr", "La Finlande ferme sa frontière avec la Russie", Kind.EVENT),
            ("fr", "Le Sénat adopte le budget de la Sécurité sociale", Kind.EVENT),
            ("fr", "Aucun parti n’a obtenu la majorité absolue au Parlement.", Kind.EVENT),
            ("fr", "Jamais un promu n’avait gagné le championnat.", Kind.STATE),
            ("en", "Finland shuts border with Russia", Kind.EVENT),
            ("en", "Council to close ten libraries in Leeds", Kind.PREDICTION),
            ("en", "No party won an outright majority in parliament.", Kind.EVENT),
        ],
    )
    def test_tell_deeds_from_states(self, language, text, kind):
        found = next(extract(text, language=language, published_at=DAY))

        assert found.kind is kind
