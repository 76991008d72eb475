"""What fresh everyday news held that the rules had not: dates, amounts, speakers, truisms."""

from datetime import date

import pytest

from annotations.extraction import Kind, Profile, Role, extract

DAY = date(2025, 7, 2)
HEADLINES = {"fr": "Le port rouvre après la tempête", "en": "Harbour reopens after storm"}
BODIES = {"fr": "Le port de Célas a rouvert lundi.", "en": "The harbour reopened on Monday."}


def read(language, text):
    found = extract(text, language=language, published_at=DAY, profile=Profile.FAST)
    return next(iter(found))


class TestDates:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Le festival se tient du 30 juin au 5 juillet.", ["2025-06-30/2025-07-05"]),
            ("Il dormait du 30 décembre au 2 janvier.", ["2024-12-30/2025-01-02"]),
            ("Les débats auront lieu les 12, 13 et 14 septembre.", ["2025-09-12/2025-09-14"]),
            ("Entre janvier et mars, le prix a doublé.", ["2025-01/2025-03"]),
            ("Le procès s’ouvrira à l’automne.", ["2025-AU"]),
            ("Le procès s’est ouvert à l’automne de sa vie.", []),
            ("Depuis le début de l’année, deux usines ont fermé.", ["2025-01"]),
            ("Il a pris un arrêté applicable dès vendredi.", ["2025-07-04"]),
            ("La circulation est interdite jusqu’à dimanche.", ["2025-07-06"]),
            ("La route était coupée jusqu’à dimanche.", ["2025-06-29"]),
            ("Il était environ 5 h 30 quand le camion a versé.", ["2025-07-02T05:30"]),
            ("La collision s’est produite vers 23h15 mardi.", ["2025-07-01T23:15"]),
            ("Il y a dix-huit mois, le pont a fermé.", ["2024-01"]),
            ("L’armée avait tiré trois jours plus tôt.", ["2025-06-29"]),
            ("En mai, le groupe vend plus que deux mois plus tôt.", ["2025-05"]),
            ("Fermé en mai, il avait rouvert deux mois plus tôt.", ["2025-05", "2025-03"]),
            ("Les ventes reculent, contre 9 % un an plus tôt.", []),
            ("Dans la nuit de mardi, une explosion a retenti.", ["2025-07-01"]),
            ("Cet hiver, aucun délestage n’a eu lieu.", ["2024-WI"]),
            ("En 2023-24, douze élèves ont été exclus.", ["2023/2024"]),
            ("Le pont a été fermé en avril de l’an dernier.", ["2024-04"]),
        ],
    )
    def test_in_french_are_resolved(self, text, expected):
        assert [one.iso for one in read("fr", text).dates] == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The festival runs from June 30 to July 5.", ["2025-06-30/2025-07-05"]),
            ("Between January and March, prices doubled.", ["2025-01/2025-03"]),
            ("The trial will open in the autumn.", ["2025-AU"]),
            ("Two plants have closed since the start of the year.", ["2025-01"]),
            ("The mayor banned alcohol sales from Friday.", ["2025-07-04"]),
            ("The council meets at 10 a.m. on Thursday.", ["2025-07-03T10:00"]),
            ("It was about 5.30am when the alarm was raised.", ["2025-07-02T05:30"]),
            ("Twenty-five years ago the bridge opened.", ["2000"]),
            ("A fortnight ago the bridge closed.", ["2025-06-18"]),
            ("It shut ten in May, up from six a month earlier.", ["2025-05", "2025-04"]),
            ("It shut in May, having opened a month earlier.", ["2025-05", "2025-04"]),
            ("The firm hired 300 people in May alone.", ["2025-05"]),
            ("The minister may resign.", []),
            ("In April last year the firm cut 200 jobs.", ["2024-04"]),
            ("No blackouts occurred this winter.", ["2024-WI"]),
        ],
    )
    def test_in_english_are_resolved(self, text, expected):
        assert [one.iso for one in read("en", text).dates] == expected

    def test_that_count_from_another_date_need_that_one_only(self):
        found = next(
            iter(extract("Rouvert le 3 mai 2024, fermé dix jours plus tôt.", language="fr"))
        )

        assert [one.iso for one in found.dates] == ["2024-05-03", "2024-04-23"]


class TestAmounts:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "Deux millions et demi de Syriens ont fui.", (2_500_000, "syrien", None)),
            ("en", "Two and a half million Syrians fled.", (2_500_000, "syrian", None)),
            ("fr", "Il reste 2 h 30 de trajet.", (2.5, "heure", None)),
            ("fr", "La dette dépasse 110 % du PIB.", (110, "%", ">")),
            ("en", "The debt exceeds 110% of output.", (110, "%", ">")),
            ("fr", "Le baril est repassé sous les 70 dollars.", (70, "USD", "<")),
            ("en", "The rate was raised by a quarter point.", (0.25, "point", None)),
            ("en", "At least a dozen people were hurt.", (12, "person", ">=")),
            ("fr", "Plus d’une centaine d’élus ont signé.", (100, "élu", ">")),
        ],
    )
    def test_are_read_with_halves_and_bounds(self, language, text, expected):
        (found,) = read(language, text).quantities

        assert (found.value, found.unit, found.modifier) == expected

    def test_that_a_verb_bounds_begin_at_the_number(self):
        (found,) = read("fr", "La dette dépasse 110 % du PIB.").quantities

        assert found.text == "110 %"


class TestSpeakers:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("fr", "La ministre a exhorté les maires à la prudence.", "ministre"),
            ("fr", "Le maire a lancé un appel au calme.", "maire"),
            ("fr", "L’entraîneur a confié aux journalistes que c’était fini.", "entraîneur"),
            ("fr", "Deux personnes proches du dossier affirment que non.", "Deux personnes"),
            ("fr", "Il est en fuite, apprend-on de source policière.", "source policière"),
            ("fr", "La digue était solide, à entendre le maire.", "maire"),
            ("fr", "Le Kremlin n’a pas encore répondu.", "Kremlin"),
            ("en", "“We will not back down,” the candidate repeated.", "candidate"),
            ("en", "The plan is unworkable, teachers counter.", "teachers"),
            ("en", "Residents have long called for a crossing.", "Residents"),
            ("en", "The prime minister hailed a historic deal.", "prime minister"),
            ("en", "Two people familiar with the matter said so.", "Two people"),
            ("en", "Two hours later the road was shut.", None),
        ],
    )
    def test_are_those_who_speak(self, language, text, expected):
        claimant = read(language, text).claimant

        assert (claimant.text.startswith(expected) if claimant else None) == (expected and True)


class TestTruisms:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("fr", "Paris est la capitale de la France."),
            ("fr", "L’eau bout à 100 degrés au niveau de la mer."),
            ("fr", "La Terre tourne autour du Soleil."),
            ("fr", "Le loup est un mammifère."),
            ("en", "The capital of Australia is Canberra."),
            ("en", "Water boils at 100 degrees at sea level."),
            ("en", "A week has seven days."),
            ("en", "Cats are mammals."),
        ],
    )
    def test_are_never_proposed(self, language, text):
        found = read(language, text)

        assert (found.is_candidate, found.kind) == (False, Kind.OTHER)

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("fr", "Astana est la capitale du Kazakhstan depuis 1997, selon le ministère."),
            ("fr", "La semaine de travail compte trente-cinq heures en France depuis 2000."),
            ("en", "The wolf is a protected mammal in France, the ministry said in May."),
        ],
    )
    def test_do_not_take_what_is_more_than_that_along(self, language, text):
        assert read(language, text).kind != Kind.OTHER


class TestKinds:
    @pytest.mark.parametrize(
        ("language", "text", "kind"),
        [
            ("fr", "L’été 2003 a été le plus chaud du siècle en France.", Kind.STATE),
            ("fr", "Vous avez voté contre la hausse du salaire minimum.", Kind.EVENT),
            (
                "fr",
                "« Ils ont fui le port », a accusé la ministre, ajoutant qu’on le prouvera.",
                Kind.QUOTATION,
            ),
            ("fr", "Photo d’illustration.", Kind.BOILERPLATE),
            ("en", "You may also like", Kind.BOILERPLATE),
            ("en", "The claim could not be independently verified.", Kind.OTHER),
        ],
    )
    def test_go_by_what_is_mainly_said(self, language, text, kind):
        assert read(language, text).kind == kind


class TestBylines:
    @pytest.mark.parametrize(
        ("language", "line"),
        [
            ("fr", "Par Lucie DelmasPublié le 14 octobre 2025 à 08h12"),
            ("fr", "Lucie DelmasMis à jour le 3 mai 2025"),
            ("fr", "Par Lucie Delmas publié le 14/10/2025"),
            ("fr", "AFP, publié le 14 octobre 2025"),
            ("en", "Jane DoePublished 14 October 2025"),
            ("en", "By Jane DoeUpdated on 3 May"),
        ],
    )
    def test_may_be_glued_to_when_it_came_out(self, language, line):
        assert with_line(language, line) == (Role.BYLINE, False)

    @pytest.mark.parametrize(
        ("language", "line"),
        [
            ("fr", "Rapport publié le 12 mars"),
            ("fr", "Sondage Ifop publié le 3 mars 2024"),
            ("en", "Report published on 12 March"),
        ],
    )
    def test_are_not_what_was_published(self, language, line):
        role, _is_candidate = with_line(language, line)

        assert role is not Role.BYLINE


def with_line(language, line):
    """Read the line below a headline, and say what it is taken for."""
    text = f"{HEADLINES[language]}\n\n{line}\n\n{BODIES[language]}"
    findings = extract(text, language=language, published_at=DAY, profile=Profile.FAST)
    found = next(one for one in findings if one.exact == line)
    return found.role, found.is_candidate
