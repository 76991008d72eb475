"""What other tools wrote: their labels, found in the text again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.imports import Mark
from annotations.imports.labels import BadTable, meaning, table_of
from annotations.imports.spans import best, located
from tests.imports.test_files import entries, faults

TEXT = "🙂 Le quai a coûté 3 millions d’euros. Il rouvrira mardi, dit la mairie."
FIRST = "Le quai a coûté 3 millions d’euros."
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
some_words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def units(text):
    return len(text.encode("utf-16-le")) // 2


class TestLocated:
    @given(words, some_words, words)
    def test_finds_what_was_counted_in_code_points(self, before, exact, after):
        text = before + exact + after
        span = located(text, len(before), len(before) + len(exact), exact)

        assert text[span.start : span.end] == exact or not exact.strip()
        assert (span.start, span.end) == (len(before), len(before) + len(exact))

    @given(words, some_words, words)
    def test_finds_the_same_words_where_browsers_counted(self, before, exact, after):
        text = before + exact + after
        span = located(text, units(before), units(before) + units(exact), exact)

        if exact.strip():
            found = text[span.start : span.end]
            assert " ".join(found.split()) == " ".join(exact.split())

    @given(words, st.integers(-5, 100), st.integers(-5, 100), st.none() | words)
    def test_never_leaves_the_text(self, text, start, end, exact):
        span = located(text, start, end, exact)

        if span is not None:
            assert 0 <= span.start < span.end <= len(text)

    def test_says_what_it_had_to_repair(self):
        start, end = TEXT.index(FIRST), TEXT.index(FIRST) + len(FIRST)

        assert located(TEXT, start, end, FIRST) == (start, end, "")
        assert located(TEXT, start + 1, end + 1, FIRST) == (start, end, "utf16")
        assert located(TEXT, start - 1, end + 1, FIRST).repair == "trimmed"
        assert located(TEXT, 40, 60, FIRST) == (start, end, "moved")
        assert located(TEXT, start, end, "Autre chose") is None

    def test_takes_the_nearest_of_the_same_words(self):
        assert located("oui non oui", 7, 10, "oui") == (8, 11, "moved")

    def test_without_words_prefers_what_cuts_no_word(self):
        start, end = TEXT.index("rouvrira"), TEXT.index("rouvrira") + len("rouvrira")

        assert located(TEXT, start, end)[:2] == (start, end)
        assert located(TEXT, start + 1, end + 1) == (start, end, "utf16")

    def test_finds_no_span_beyond_the_end(self):
        assert located(TEXT, 5, 5_000) is None
        assert located(TEXT, 9, 9) is None


class TestBest:
    def test_is_the_sentence_that_holds_most(self):
        sentences = [(0, 10), (11, 20), (20, 40)]

        assert best(sentences, 2, 4) == 0
        assert best(sentences, 8, 18) == 1
        assert best(sentences, 10, 11) is None
        assert best([], 0, 5) is None

    @given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.data())
    def test_shares_at_least_as_much_as_any_other(self, lengths, data):
        ends = [sum(lengths[: n + 1]) for n in range(len(lengths))]
        sentences = list(zip([0, *ends], ends, strict=False))
        start = data.draw(st.integers(0, ends[-1] - 1))
        end = data.draw(st.integers(start + 1, ends[-1]))

        index = best(sentences, start, end)

        shared = [min(end, last) - max(start, first) for first, last in sentences]
        assert shared[index] == max(shared)


class TestLabels:
    @pytest.mark.parametrize(
        ("word", "ours"),
        [
            *(("Vrai", "verified"), ("TRUE", "verified"), ("Plutôt faux", "disputed")),
            *(("not-enough-info", "unverified"), ("Pas une affirmation", "dismissed")),
            *(("disputed", "disputed"), ("Person", None)),
        ],
    )
    def test_knows_the_usual_words(self, word, ours):
        assert meaning(word, {}) == ours

    def test_is_taught_by_a_table_in_either_direction(self):
        table = table_of(["verified=OK, Bon;Louche=disputed", "ignore=Person"])

        assert [meaning(word, table) for word in ("ok", "bon", "Louche", "person")] == [
            *("verified", "verified", "disputed", "ignore"),
        ]

    def test_is_told_before_the_usual_words(self):
        assert meaning("True", table_of(["True=unverified"])) == "unverified"

    @pytest.mark.parametrize("line", ["Vrai", "Vrai=Faux", "verified=", "=verified"])
    def test_refuses_a_line_that_says_nothing(self, line):
        with pytest.raises(BadTable):
            table_of([line])


def document(**values):
    return entries(json.dumps(values, ensure_ascii=False), "doccano")[0]


class TestDoccano:
    START, END = TEXT.index(FIRST), TEXT.index(FIRST) + len(FIRST)

    @pytest.mark.parametrize(
        "labels",
        [
            {"label": [[START, END, "Vrai"]]},
            {"labels": [[START, END, "Vrai"]]},
            {"entities": [{"id": 1, "label": "Vrai", "start_offset": START, "end_offset": END}]},
        ],
    )
    def test_reads_spans(self, labels):
        found = document(id=1, text=TEXT, **labels)

        assert found.fields == {"text": TEXT}
        assert found.marks == (Mark("Vrai", self.START, self.END),)

    @pytest.mark.parametrize(
        "labels", [{"label": ["Faux"]}, {"label": "Faux"}, {"cats": {"Faux": 1, "Vrai": 0}}]
    )
    def test_reads_labels_of_the_whole_text(self, labels):
        assert document(text=TEXT, **labels).marks == (Mark("Faux"),)

    def test_reads_what_else_is_said_of_a_document(self):
        found = document(text=TEXT, label=[], title="Le quai", url="https://a.example/", lang="fr")

        assert found.fields == {
            "text": TEXT,
            "title": "Le quai",
            "source_url": "https://a.example/",
            "language": "fr",
        }

    def test_tells_of_labels_that_cannot_be(self):
        found = document(text=TEXT, label=[[0, 9_999, "Vrai"], [1, 2], 7, [True, 3, "Vrai"]])

        assert [code for _line, _column, code in faults([found])] == [
            *("span_nowhere", "not_a_label", "not_a_label", "not_a_label"),
        ]
        assert not found.is_refused

    def test_refuses_what_is_no_document(self):
        found = entries('[1]\n{"label": []}\n{"text": 3}\n', "doccano")

        assert all(entry.is_refused for entry in found)


def task(*results, data=None, **more):
    annotation = {"id": 1, "result": list(results)} | more
    return {"id": 7, "data": data or {"text": TEXT}, "annotations": [annotation]}


def region(start, end, text, label, name="r1"):
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": name, "from_name": "l", "to_name": "t", "type": "labels", "value": value}


def read_tasks(*tasks):
    return entries(json.dumps(list(tasks), ensure_ascii=False, indent=1), "labelstudio")


class TestLabelStudio:
    START, END = TEXT.index(FIRST), TEXT.index(FIRST) + len(FIRST)

    def test_reads_spans_by_their_words_whichever_way_they_were_counted(self):
        [old], [new] = (
            read_tasks(task(region(self.START + by, self.END + by, FIRST, "Vrai"))) for by in (1, 0)
        )

        assert old.marks == (Mark("Vrai", self.START, self.END, repair="utf16"),)
        assert new.marks == (Mark("Vrai", self.START, self.END),)

    def test_puts_notes_and_choices_of_a_region_together(self):
        note = {"id": "r1", "type": "textarea", "value": {"text": ["Voir le budget."]}}
        choice = {
            "id": "r2",
            "type": "choices",
            "value": {"start": 0, "end": 1, "text": "🙂", "choices": ["Opinion"]},
        }

        [found] = read_tasks(task(region(self.START, self.END, FIRST, "Vrai"), note, choice))

        assert found.marks == (
            Mark("Vrai", self.START, self.END, rationale="Voir le budget."),
            Mark("Opinion", 0, 1),
        )

    def test_reads_choices_of_the_whole_text(self):
        choice = {"id": "c", "type": "choices", "value": {"choices": ["Faux"]}}

        [found] = read_tasks(task(choice))

        assert found.marks == (Mark("Faux"),)

    def test_takes_the_same_mark_of_two_people_once(self):
        one = task(region(self.START, self.END, FIRST, "Vrai"))
        one["annotations"] *= 2

        [found] = read_tasks(one)

        assert len(found.marks) == 1

    def test_tells_whose_the_marks_are(self):
        people = [7, {"id": 8, "email": "anna@a.example", "username": "anna"}, None]
        one = task(region(self.START, self.END, FIRST, "Vrai"))
        [given] = one["annotations"]
        one["annotations"] = [given | {"completed_by": who} for who in people]

        [found] = read_tasks(one)

        assert [mark.by for mark in found.marks] == [("7",), ("8", "anna@a.example", "anna"), ()]

    def test_takes_nothing_that_was_skipped_or_only_predicted(self):
        skipped = task(region(self.START, self.END, FIRST, "Vrai"), was_cancelled=True)
        skipped["predictions"] = [{"result": [region(self.START, self.END, FIRST, "Faux")]}]

        [found] = read_tasks(skipped)

        assert found.marks == ()
        assert [code for _line, _column, code in faults([found])] == ["only_predictions"]

    def test_reads_the_short_form(self):
        short = {
            "id": 7,
            "text": TEXT,
            "titre": "Le quai",
            "label": [region(self.START, self.END, FIRST, "Vrai")["value"]],
            "verdict": "Faux",
            "annotator": 1,
            "lead_time": 3.2,
        }

        [found] = read_tasks(short)

        assert found.marks == (
            Mark("Vrai", self.START, self.END, by=("1",)),
            Mark("Faux", by=("1",)),
        )
        assert found.fields["title"] == "Le quai"

    def test_tells_of_words_that_the_text_does_not_hold(self):
        [found] = read_tasks(task(region(3, 9, "Autre chose", "Vrai")))

        assert faults([found]) == [(2, "annotations", "span_nowhere")]
        assert found.faults[0].value == "Autre chose"

    def test_survives_whatever_stands_in_a_task(self):
        broken = [
            {"data": {"text": TEXT}, "annotations": "x"},
            {"data": {"text": TEXT}, "annotations": [None, {"result": [{"value": 3}, 4]}]},
            {"data": {"image": "https://a.example/1.jpg"}},
            {"data": {"text": TEXT}, "annotations": [{"result": [{"value": {"labels": "Vrai"}}]}]},
        ]

        found = read_tasks(*broken)

        assert [entry.is_refused for entry in found] == [False, False, True, False]
