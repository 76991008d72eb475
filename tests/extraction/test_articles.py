"""Two articles of our own, with the traps of translated news, read sentence by sentence."""

from datetime import date
from pathlib import Path

import pytest

from annotations.extraction import Profile, extract

DATA = Path(__file__).parent.parent / "data"
DEFENCE = "ministère bulgare de la Défense"


def read(name, language, day):
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    found = extract(text, language=language, published_at=day, profile=Profile.FAST)
    return text, list(found)


@pytest.fixture(scope="module")
def french():
    return read("drones_port_de_varna", "fr", date(2025, 5, 13))


@pytest.fixture(scope="module")
def english():
    return read("harbour_bridge", "en", date(2025, 3, 11))


def starting(article, words):
    return next(one for one in article[1] if one.exact.startswith(words))


class TestPlaces:
    def test_are_true_to_the_text(self, french, english):
        for text, findings in (french, english):
            for one in findings:
                found = [*one.quantities, *one.dates, *([one.claimant] if one.claimant else [])]
                assert all(text[item.start : item.end] == item.text for item in found)


class TestClaimants:
    @pytest.mark.parametrize(
        ("words", "text", "name"),
        [
            ("L’armée a lancé", DEFENCE, DEFENCE),
            ("Il a annoncé", "Il", DEFENCE),
            ("Le ministère a également", "ministère", DEFENCE),
            ("Plus tôt dans", "Elena Draganova", "Elena Draganova"),
            ("Elle a ajouté", "Elle", "Elena Draganova"),
            ("Selon la porte-parole", "porte-parole du gouvernement", "Elena Draganova"),
            ("« Nous avons", "Draganova", "Elena Draganova"),
            ("La chaîne a", "chaîne", "Nova TV"),
            ("Les syndicats", "syndicats", "syndicats"),
            ("Ils réclament", "Ils", "syndicats"),
        ],
    )
    def test_are_resolved_in_french(self, french, words, text, name):
        claimant = starting(french, words).claimant

        assert (claimant.text, claimant.name) == (text, name)

    @pytest.mark.parametrize(
        ("words", "text", "name"),
        [
            ("A freighter", "Transport Ministry", "Transport Ministry"),
            ("The ministry added", "ministry", "Transport Ministry"),
            ("“We heard", "Maria Keane", "Maria Keane"),
            ("She said", "She", "Maria Keane"),
            ("The mayor", "Tom Ashby", "Tom Ashby"),
            ("He declined", "He", "Tom Ashby"),
            ("The newspaper", "newspaper", "Harbour Post"),
            ("Repairs will", "engineers", "engineers"),
            ("The freighter killed", "union", "union"),
        ],
    )
    def test_are_resolved_in_english(self, english, words, text, name):
        claimant = starting(english, words).claimant

        assert (claimant.text, claimant.name) == (text, name)

    def test_keep_both_sources_of_a_chain(self, french, english):
        plain = starting(french, "Plus de la moitié").claimant
        passed_on = starting(english, "The ship’s owner").claimant

        assert (plain.text, plain.via.text) == ("Reuters", "sources portuaires")
        assert (passed_on.text, passed_on.via.text) == ("ship’s owner", "Reuters")


class TestDates:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("L’armée a lancé", ["2025-05-12"]),
            ("Le ministère bulgare", ["2025-05-11"]),
            ("Elle a ajouté", ["2025-05-15"]),
            ("L’an dernier", ["2024", "2023"]),
        ],
    )
    def test_follow_the_tense(self, french, words, expected):
        assert [one.iso for one in starting(french, words).dates] == expected

    def test_follow_what_was_foretold(self, english):
        assert [one.iso for one in starting(english, "The ministry added").dates] == ["2025-06"]
        assert starting(english, "A freighter").dates[0].iso == "2025-03-10T04:20"


class TestQuantities:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("L’armée a lancé", [(2, "attaque", None), (6, "drone", None)]),
            ("Plus de la moitié", [(0.5, "fraction", ">")]),
            ("L’an dernier", [(11_000_000, "tonne", None), (9_500_000, "tonne", None)]),
        ],
    )
    def test_have_value_unit_and_hedge(self, french, words, expected):
        found = starting(french, words).quantities

        assert [(one.value, one.unit, one.modifier) for one in found] == expected

    def test_join_a_range_with_two_currencies(self, english):
        found = starting(english, "Repairs will").quantities

        assert [(one.value, one.unit) for one in found] == [((3_000_000, 5_000_000), "USD")]


class TestWithinTheArticle:
    def test_a_reworded_sentence_points_back(self, french):
        text, _ = french
        back = starting(french, "Selon la porte-parole").repeats

        assert text[back.start : back.end].startswith("Il a annoncé que des « mesures de riposte »")

    def test_a_repeated_sentence_points_back(self, english):
        assert english[1][-3].repeats.start == starting(english, "A freighter").start

    def test_figures_that_disagree_are_hinted_at(self, french, english):
        drones = starting(french, "Le ministère a également").conflicts
        workers = starting(english, "The freighter killed").conflicts

        assert [(one.text, one.other_text) for one in drones] == [("quatre drones", "six drones")]
        assert [(one.text, one.other_text) for one in workers] == [("three workers", "two workers")]


class TestFacets:
    def test_begin_with_the_kind_and_name_all_that_applies(self, french, english):
        said = starting(french, "« Nous avons").facets
        held = starting(french, "Plus de la moitié").facets

        assert {"numeric", "attribution", "quotation"} <= set(map(str, said))
        assert "hedged" in held
        assert starting(english, "Repairs will").facets[0] == "prediction"
        assert "negation" in starting(english, "The ship’s owner").facets


class TestOtherLanguages:
    @pytest.mark.parametrize(
        ("language", "text", "amounts", "dates"),
        [
            ("de", "Am 12.03.2025 stieg der Preis um 2,3 %.", [(2.3, "%")], ["2025-03-12"]),
            ("de", "Im Mai sagte er, in two weeks sei alles gut.", [], []),
            ("es", "El Estado pagó 3.500 millones de euros.", [(3_500_000_000, "EUR")], []),
            ("it", "Il PIL del 2024 è salito dello 0,4%.", [(0.4, "%")], ["2024"]),
            ("pt", "A obra custou R$ 300 em 2025-10-03.", [(300, "BRL")], ["2025-10-03"]),
            ("nl", "De gemeente betaalde € 4.500.", [(4500, "EUR")], []),
            ("ru", "Он заплатил 300 рублей 12.03.2025.", [(300, "RUB")], ["2025-03-12"]),
            ("ar", "ارتفع التضخم بنسبة 5% في 2024.", [(5, "%")], ["2024"]),
        ],
    )
    def test_give_figures_and_plain_dates_and_no_english(self, language, text, amounts, dates):
        found = list(extract(text, language=language, profile=Profile.FAST))

        assert [(one.value, one.unit) for item in found for one in item.quantities] == amounts
        assert [one.iso for item in found for one in item.dates] == dates

    @pytest.mark.parametrize(
        ("language", "text", "count"),
        [
            ("de", "Dr. Weiß kam am 3. Mai, z. B. mit Hr. Roth. Er blieb.", 2),
            ("es", "La Sra. Díaz llegó a EE.UU. en mayo. ¿Volverá? No.", 3),
            ("it", "Il sig. Neri ha detto di no. Poi, ecc., è uscito.", 2),
            ("pt", "O Sr. Dias saiu. A reunião acabou às 15h.", 2),
            ("nl", "Dhr. de Wit kwam bijv. op maandag. Zij bleef thuis.", 2),
            ("ru", "В г. Омске жили 300 тыс. человек. Это много.", 2),
            ("ar", "هل جاء؟ نعم جاء. ثم ذهب.", 3),
        ],
    )
    def test_are_cut_into_sentences(self, language, text, count):
        assert len(list(extract(text, language=language, profile=Profile.FAST))) == count
