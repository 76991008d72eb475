"""The measuring tools themselves."""

import pytest

from annotations.extraction import Profile
from bench import debates, fuzz, segmenters, treebanks
from bench.extraction import exact_f1

TREE = """# text = Il pleut, a dit la maire. Oui.
1\tIl\til\tPRON\t_\t_\t2\texpl:subj\t_\t_
2\tpleut\tpleuvoir\tVERB\t_\t_\t0\troot\t_\t_
3\ta\tavoir\tAUX\t_\t_\t4\taux\t_\t_
4\tdit\tdire\tVERB\t_\t_\t2\tparataxis\t_\t_
5\tla\tle\tDET\t_\t_\t6\tdet\t_\t_
6\tmaire\tmaire\tNOUN\t_\t_\t4\tnsubj\t_\t_
"""


class TestTreebanks:
    def test_counts_the_subjects_that_are_found(self, tmp_path):
        path = tmp_path / "fr_own-test.conllu"
        path.write_text(TREE, encoding="utf-8")

        assert treebanks.speakers(path) == (1, 1)


class TestSegmentation:
    def test_counts_only_sentences_with_both_ends_right(self):
        documents, gold = [("fr", "Un quai. Deux ponts.")], [["Un quai.", "Deux ponts."]]

        whole = segmenters.Cutting("whole", [["Un quai. Deux ponts."]], 1.0)

        assert exact_f1(documents, gold, segmenters.ours(documents)) == 100
        assert exact_f1(documents, gold, whole) == 0


class TestDebates:
    def test_ranks_what_is_worth_checking_first(self, tmp_path):
        path = tmp_path / "Task1-own.txt"
        path.write_text("1\tA\tThank you.\t0\n2\tB\tUnemployment fell to 4 percent in May.\t1\n")

        assert debates.mean_average_precision([path], Profile.FAST) == 1

    def test_leaves_out_what_was_trained_on(self, tmp_path):
        for name in ("english_train.tsv", "english_test.tsv"):
            (tmp_path / name).write_text("Sentence_id\tText\tclass_label\n")

        tables = [path.name for path in sorted(tmp_path.iterdir()) if debates.is_table(path)]

        assert tables == ["english_test.tsv"]


class TestFuzz:
    @pytest.mark.parametrize("number", range(0, 40, 2))
    def test_reads_the_same_text_each_time_without_a_fault(self, number):
        assert fuzz.text_of(number) == fuzz.text_of(number)

        fuzz.check(number, Profile.FAST)

    def test_goes_on_where_it_was(self, tmp_path):
        progress = tmp_path / "reached"

        assert fuzz.reached(progress) == 0

        progress.write_text("1500")

        assert fuzz.reached(progress) == 1500
