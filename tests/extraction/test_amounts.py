from datetime import date

import pytest

from annotations.extraction import dates, languages, quantities

DAY = date(2024, 11, 26)


def amounts(text, code):
    found = quantities.find(text, languages.find(code).counting, [])
    return [(one.text, one.value, one.unit, one.modifier) for one in found]


def moments(text, code, day=DAY):
    found = dates.find(text, languages.find(code).calendar, day)
    return [(one.text, one.iso, one.precision) for one in found]


class TestQuantities:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Un élève sur cinq", ("Un élève sur cinq", 0.2, "fraction", None)),
            ("les trois quarts du parc", ("trois quarts", 0.75, "fraction", None)),
            (
                "soit 3 228 milliards d’euros",
                ("3 228 milliards d’euros", 3228 * 10**9, "EUR", None),
            ),
            ("près de 1,5 % de plus", ("près de 1,5 %", 1.5, "%", "~")),
            (
                "quatre-vingt-dix-sept blessés",
                ("quatre-vingt-dix-sept blessés", 97, "blessé", None),
            ),
            ("entre 10 et 15 tonnes", ("entre 10 et 15 tonnes", (10, 15), "tonne", None)),
            ("trois fois plus cher", ("trois fois plus", 3, "ratio", None)),
            (
                "au moins deux millions de foyers",
                ("au moins deux millions de foyers", 2 * 10**6, "foyer", ">="),
            ),
            ("moins de 12 heures", ("moins de 12 heures", 12, "heure", "<")),
        ],
    )
    def test_are_read_in_french(self, text, expected):
        assert amounts(text, "fr")[0][1:] == expected[1:]
        assert amounts(text, "fr")[0][0].startswith(expected[0])

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("one in five pupils", ("one in five", 0.2, "fraction", None)),
            ("worth £52m now", ("£52m", 52 * 10**6, "GBP", None)),
            ("more than 2,000 people", ("more than 2,000 people", 2000, "person", ">")),
            ("a 60-day truce", ("60-day", 60, "day", None)),
            ("five and a half years", ("five and a half years", 5.5, "year", None)),
            ("between two and three million homes", None),
            ("won 3-1 at home", ("3-1", (3, 1), "score", None)),
        ],
    )
    def test_are_read_in_english(self, text, expected):
        found = amounts(text, "en")[0]

        assert found == expected or (expected is None and found[1] == (2 * 10**6, 3 * 10**6))

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Le Leopard 2 et l’article 49.3 restent.", "fr"),
            ("Il est arrivé 2e en mai, un soir.", "fr"),
            ("The S&P 500 fell on a 5th day.", "en"),
            ("Section 230 is a law.", "en"),
        ],
    )
    def test_are_not_names_or_ordinals(self, text, code):
        assert amounts(text, code) == []


class TestDates:
    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("le 25 novembre 2024", "2024-11-25"),
            ("le 23 novembre", "2024-11-23"),
            ("vendredi à 4 h 30", "2024-11-22T04:30"),
            ("la semaine dernière", "2024-W47"),
            ("en octobre 2022", "2022-10"),
            ("Il ouvrira jeudi.", "2024-11-28"),
            ("il y a trois semaines", "2024-11-05"),
            ("au troisième trimestre 2023", "2023-Q3"),
            ("les années 1990", "1990/1999"),
            ("dans la nuit de lundi à mardi", "2024-11-25/2024-11-26"),
            ("entre 2015 et 2017", "2015/2017"),
            ("Il ouvrira, a dit le maire, le 8 juillet.", "2025-07-08"),
        ],
    )
    def test_are_resolved_in_french(self, text, iso):
        assert moments(text, "fr")[0][1] == iso

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("March 12, 2025", "2025-03-12"),
            ("the 3rd of May 2021", "2021-05-03"),
            ("on Monday evening", "2024-11-25"),
            ("last month", "2024-10"),
            ("two years ago", "2022-11"),
            ("at 3:20 pm", "2024-11-26T15:20"),
            ("It will open on Friday.", "2024-11-29"),
            ("by the end of the year", "2024-12"),
        ],
    )
    def test_are_resolved_in_english(self, text, iso):
        assert moments(text, "en")[0][1] == iso

    def test_stay_open_without_a_day_of_publication(self):
        assert moments("hier", "fr", None) == [("hier", None, "day")]
        assert moments("en mai 2020", "fr", None)[0][1] == "2020-05"

    def test_are_real_days(self):
        assert all(one[2] != "day" for one in moments("le 31 février 2024", "fr"))
