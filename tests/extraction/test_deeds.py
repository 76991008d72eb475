"""What was done, what was never done, and what only describes; who has a list behind the name."""

from datetime import date

import pytest

from annotations.extraction import Kind, Profile, extract

DAY = date(2025, 11, 5)


def read(text, language):
    return next(extract(text, language=language, published_at=DAY, profile=Profile.STANDARD))


class TestDeeds:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "The gunman, a former soldier, gave himself up to police on Sunday."),
            ("en", "The storm, the third of the month, tore the roof off the town hall."),
            ("en", "Protesters were blocking the motorway on Wednesday morning."),
            ("en", "The ministry did not pay the grant that was due in March."),
            ("fr", "Le ministère n’a pas versé la subvention due en mars."),
            ("fr", "La victime n’a pas porté plainte."),
            ("fr", "Aucun membre du personnel n’a été licencié."),
            ("fr", "L’homme qui a attaqué le gardien a été arrêté mardi."),
        ],
    )
    def test_are_seen_after_asides_and_where_nobody_did_them(self, language, text):
        assert read(text, language).kind is Kind.EVENT

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "The group paid no tax in Ireland last year."),
            ("en", "The suspect had never been convicted of a crime."),
            ("en", "The species had not been seen in Britain since 1987."),
            ("en", "Sea turtles return to lay their eggs on the beach where they hatched."),
            ("fr", "Les tarifs n’ont pas été relevés cette année."),
            ("fr", "Le suspect n’avait jamais été condamné."),
            ("fr", "Cette espèce n’avait pas été observée en France depuis 1987."),
            ("fr", "Les tortues marines reviennent pondre sur la plage où elles sont nées."),
        ],
    )
    def test_are_told_from_how_things_are(self, language, text):
        assert read(text, language).kind is Kind.STATE

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "Senate throws out dividend tax"),
            ("en", "Teenager stabbed outside school in Leeds"),
            ("fr", "Le Sénat rejette la taxe sur les dividendes"),
            ("fr", "Incendie dans un entrepôt de Gennevilliers : pas de victime"),
        ],
    )
    def test_are_seen_in_titles_whatever_the_verb(self, language, text):
        assert read(text, language).kind is Kind.EVENT

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "Budget: what is in the government’s plan"),
            ("fr", "Budget : ce que contient le projet du gouvernement"),
        ],
    )
    def test_are_not_seen_in_titles_that_promise_an_answer(self, language, text):
        found = read(text, language)

        assert not found.is_candidate
        assert found.kind is Kind.OTHER


class TestSpeakers:
    @pytest.mark.parametrize(
        ("language", "text", "speaker"),
        [
            (
                "en",
                "Officials in Vilnius, Riga and Tallinn announced tighter checks on Monday.",
                "Officials in Vilnius, Riga and Tallinn",
            ),
            (
                "fr",
                "Les autorités de Vilnius, Riga et Tallinn ont annoncé un renforcement.",
                "autorités de Vilnius, Riga et Tallinn",
            ),
            (
                "fr",
                "Les ministres réunis à Berlin, Vienne et Prague ont refusé de commenter.",
                "ministres réunis",
            ),
            ("en", "Paris, Berlin and Rome condemned the attack.", "Paris, Berlin and Rome"),
            ("en", "The opposition is demanding the minister’s resignation.", "opposition"),
            ("en", "The Kremlin brushed aside the report as “a fabrication”.", "Kremlin"),
            ("fr", "Le groupe n’a pas précisé combien d’emplois seraient supprimés.", "groupe"),
            ("fr", "Ce texte est une aberration, tranche le député.", "député"),
            ("fr", "Les analystes tablaient sur un recul plus marqué.", "analystes"),
        ],
    )
    def test_keep_the_list_behind_them_and_speak_in_more_ways(self, language, text, speaker):
        assert read(text, language).claimant.text == speaker

    def test_are_not_those_who_recall_an_ambassador(self):
        assert read("Varsovie rappelle son ambassadeur.", "fr").claimant is None


class TestDates:
    @pytest.mark.parametrize(
        ("language", "text", "days"),
        [
            ("en", "The bridge, closed since March, will reopen on Friday.", "2025-03 2025-11-07"),
            ("fr", "Le pont, fermé depuis mars, rouvrira vendredi.", "2025-03 2025-11-07"),
            ("en", "A verdict is expected on Friday.", "2025-11-07"),
            ("fr", "Le verdict est attendu vendredi.", "2025-11-07"),
            ("fr", "Le film sort en salles le 12 novembre.", "2025-11-12"),
            ("en", "The landlord has promised to rehouse everyone before Christmas.", "2025-12"),
            ("fr", "Le bailleur promet de reloger tout le monde avant Noël.", "2025-12"),
        ],
    )
    def test_look_the_way_the_words_look(self, language, text, days):
        assert [one.iso for one in read(text, language).dates] == days.split()
