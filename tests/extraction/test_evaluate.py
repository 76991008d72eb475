import json

import pytest

from annotations.extraction import Profile
from annotations.extraction.evaluate import main
from annotations.extraction.evaluate_gold import BadGold, Gold, read
from annotations.extraction.evaluate_measures import Choice, Found, measured, ranked
from annotations.extraction.evaluate_parts import is_same_speaker
from annotations.extraction.evaluate_report import evaluate

ROW = {
    "lang": "fr",
    "pub_date": "2024-11-28",
    "text": "Le maire a perdu 12 sièges mardi, selon l’Insee.",
    "check_worthy": 1,
    "type": "numeric",
    "facets": ["numeric", "attribution", "event"],
    "speaker": "Insee",
    "speaker_resolved": "Insee",
    "quantities": [{"text": "12 sièges", "span": [17, 26], "value": 12, "unit": "siège"}],
    "dates": [{"text": "mardi", "span": [27, 32], "iso": "2024-11-26"}],
}
QUESTION = {"language": "fr", "text": "Que faire ?", "check_worthy": 0}
TABLE = "Sentence_id\tText\tclass_label\n1\tTaxes rose 4 percent in 2019.\tYes\n2\tHello.\tNo\n"


def worthy(*scores):
    return [Choice(score, is_worthy=True) for score in scores]


def unworthy(*scores):
    return [Choice(score, is_worthy=False) for score in scores]


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.jsonl"
    path.write_text("\n".join(map(json.dumps, [ROW, QUESTION])), encoding="utf-8")
    return path


class TestCommand:
    def test_prints_every_part_as_one_object(self, labelled, capsys):
        status = main([str(labelled), "--json"])

        report = json.loads(capsys.readouterr().out)
        assert status == 0
        assert report["check_worthiness"]["f1"] == 1.0
        assert {name: part["f1"] for name, part in report["parts"].items()} == {
            "kind": 1.0,
            "kind within facets": 1.0,
            "claimant": 1.0,
            "claimant resolved": 1.0,
            "quantities": 1.0,
            "  with unit and hedge": 1.0,
            "dates": 1.0,
        }
        assert report["confusion"] == {"numeric": {"numeric": 1}}

    def test_prints_a_table(self, labelled, capsys):
        main([str(labelled), "--profile", "fast"])

        printed = capsys.readouterr().out
        assert "check-worthiness  P 1.000  R 1.000  F1 1.000  AUC 1.000" in printed
        assert "score from  sentences" in printed
        assert "dates                       1.000   1.000  1.000       1   1" in printed

    def test_reads_tables_of_debates_too(self, tmp_path, capsys):
        path = tmp_path / "debates.tsv"
        path.write_text(TABLE, encoding="utf-8")

        main([str(path), "--json"])

        report = json.loads(capsys.readouterr().out)
        assert report["check_worthiness"]["sentences"] == 2
        assert report["parts"] == {}

    @pytest.mark.parametrize(
        "broken", ['{"lang": "fr"}', "[1]", "{", '{"text": "a", "dates": [1]}']
    )
    def test_refuses_bad_input_and_says_where(self, tmp_path, capsys, broken):
        path = tmp_path / "broken.jsonl"
        path.write_text(f'{{"text": "a"}}\n{broken}\n', encoding="utf-8")

        status = main([str(path)])

        assert status == 2
        assert "broken.jsonl, row 2" in capsys.readouterr().err

    def test_refuses_a_file_that_is_not_there(self, tmp_path, capsys):
        assert main([str(tmp_path / "none.jsonl")]) == 2
        assert "none.jsonl" in capsys.readouterr().err


class TestGold:
    def test_tells_what_was_not_labelled_from_what_is_not_there(self, labelled):
        full, bare = read(labelled)

        assert (full.speaker, full.dates[0].value) == ("Insee", "2024-11-26")
        assert (bare.speaker, bare.dates, bare.kind) == (None, None, None)

    def test_names_the_column_that_a_table_lacks(self, tmp_path):
        path = tmp_path / "table.tsv"
        path.write_text("Text\nHello.\n", encoding="utf-8")

        with pytest.raises(BadGold, match="class_label"):
            list(read(path))


class TestMeasures:
    def test_count_right_wanted_and_given(self):
        found = Found(right=3, wanted=4, given=6)

        assert (found.precision, found.recall, found.f1) == (0.5, 0.75, 0.6)

    def test_rank_with_ties_counted_half(self):
        choices = [*worthy(0.9, 0.5), *unworthy(0.5, 0.1)]

        assert measured(choices).auc == 0.875

    def test_order_the_sentences_of_each_article_by_itself(self):
        well = [*worthy(0.9, 0.8), *unworthy(0.7)]
        badly = [*worthy(0.1), *unworthy(0.3)]

        ranking = ranked([well, badly, worthy(0.2)])

        assert ranking.articles == 2
        assert ranking.average_precision == pytest.approx((1 + 1 / 2) / 2)
        assert ranking.auc == pytest.approx(0.5)
        assert ranked([worthy(0.2)]) is None

    def test_say_how_far_scores_are_from_the_truth(self):
        choices = [*worthy(0.75), *unworthy(0.75, 0.05)]

        report = measured(choices)

        assert report.calibration_error == pytest.approx((2 * 0.25 + 0.05) / 3)
        assert [(one.floor, one.count, one.worthy) for one in report.bins] == [
            (0.0, 1, 0.0),
            (0.7, 2, 0.5),
        ]

    def test_are_empty_for_nothing(self):
        assert evaluate([], profile=Profile.FAST).worthiness is None
        assert evaluate([Gold("", "fr", check_worthy=False)]).worthiness.count == 1

    @pytest.mark.parametrize(
        ("wanted", "given", "is_same"),
        [
            ("ministère russe de la Défense", "ministère de la Défense", True),
            ("Anne Mercier", "Mercier", True),
            ("Mercier", "Mme Anne Mercier, adjointe au maire", False),
            ("Mercier", "Le Goff", False),
            ("Mercier", "", False),
        ],
    )
    def test_take_speakers_as_the_guidelines_do(self, wanted, given, is_same):
        assert is_same_speaker(wanted, given) == is_same
