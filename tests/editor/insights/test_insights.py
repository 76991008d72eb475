from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.models import Article, Desk, ExtractionRun, Verdict
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, DeskFactory, UserFactory, annotated, approved

INSIGHTS = reverse("editor:insights")
NAMES = ["backlog", "agreement", "labels", "pace", "extraction"]


@pytest.fixture
def today():
    """Noon, so that hours before it are of the same day."""
    return timezone.localtime(timezone.now()).replace(hour=12, minute=0, second=0, microsecond=0)


def panel(client, name, **asked):
    panels = client.get(INSIGHTS, asked).context["panels"]
    return next(one for one in panels if one.name == name)


def sentences(desk, number, **said):
    return list(ArticleFactory(desk=desk, sentences=number, **said).sentences.order_by("start"))


class TestPage:
    def test_takes_as_many_statements_with_a_hundred_labels_as_with_none(
        self, as_annotator, desk, today, django_assert_num_queries
    ):
        people = UserFactory.create_batch(2, on=desk)
        for sentence in sentences(desk, 10):
            for person in people:
                annotated(sentence, by=person, at=today)

        with django_assert_num_queries(8):
            response = as_annotator.get(INSIGHTS)

        assert [one.name for one in response.context["panels"]] == NAMES

    def test_shows_each_chart_with_a_name_and_a_table(self, as_annotator, desk, reviewer, today):
        one, two = UserFactory.create_batch(2, on=desk)
        for sentence in sentences(desk, 3, created_at=today):
            annotated(sentence, by=one, at=today)
            annotated(sentence, by=two, at=today)
        verdict = Verdict.objects.first()
        Verdict.objects.filter(pk=verdict.pk).update(
            state="approved", approved_by=reviewer, approved_at=today
        )
        ExtractionRun.objects.update(queued_at=today)
        ArticleFactory(desk=desk)

        page = html_of(as_annotator.get(INSIGHTS))

        assert page.count('role="img"') == page.count("<table") == len(NAMES)
        for name in NAMES:
            assert f'aria-labelledby="title-{name}" aria-describedby="desc-{name}"' in page
            assert f'href="/insights/{name}.csv' in page

    def test_says_where_there_is_nothing(self, as_annotator):
        page = html_of(as_annotator.get(INSIGHTS))

        assert "Nothing waits to be decided." in page
        assert page.count("Nothing in this period.") == 3
        assert "No sentence was labelled by two people" in page
        assert 'role="img"' not in page

    @pytest.mark.parametrize("days", ["", "12", "x", "-7"])
    def test_shows_thirty_days_where_no_other_period_is_asked_for(self, as_annotator, days):
        response = as_annotator.get(INSIGHTS, {"days": days})

        assert response.context["filters"][1].chosen == "30"

    def test_counts_nothing_of_a_foreign_desk(self, as_annotator, outsider, today):
        foreign = outsider.memberships.get().desk
        for sentence in sentences(foreign, 2):
            annotated(sentence, by=outsider, at=today)

        page = html_of(as_annotator.get(INSIGHTS, {"desk": foreign.slug}))

        assert foreign.name not in page
        assert "Nothing waits to be decided." in page

    def test_counts_one_desk_where_it_is_asked_for(self, as_annotator, annotator, desk):
        second = DeskFactory()
        second.memberships.create(user=annotator)
        sentences(desk, 3)
        sentences(second, 5)

        both = panel(as_annotator, "backlog")
        one = panel(as_annotator, "backlog", desk=second.slug)

        assert sum(row[1] for row in both.table.rows) == 5
        assert sum(row[1] for row in one.table.rows) == 3


class TestBacklog:
    def test_counts_by_age(self, as_annotator, desk):
        now = timezone.now()
        for days in (0, 2, 40, 41):
            ArticleFactory(desk=desk, created_at=now - timedelta(days=days))

        shown = panel(as_annotator, "backlog")

        assert [row[1:] for row in shown.table.rows] == [[2, 1], [2, 1], [0, 0], [0, 0], [4, 2]]
        assert (
            shown.said
            == "8 sentences to decide. The oldest article has waited 41\N{NO-BREAK SPACE}days."
        )

    def test_leaves_out_what_is_done(self, as_annotator, annotator, desk, today):
        for sentence in sentences(desk, 3):
            annotated(sentence, by=annotator, at=today)

        assert Article.objects.get().open_candidates == 0
        assert panel(as_annotator, "backlog").rows is None


class TestLabels:
    def test_counts_by_day_and_label(self, as_annotator, annotator, desk, today):
        first, second, third = sentences(desk, 3)
        annotated(first, by=annotator, at=today)
        annotated(second, by=annotator, at=today - timedelta(days=6), label="disputed")
        annotated(third, by=annotator, at=today - timedelta(days=7), label="disputed")

        rows = panel(as_annotator, "labels", days=7).table.rows

        assert len(rows) == 7
        assert rows[0] == [(today - timedelta(days=6)).date(), 0, 0, 1, 0]
        assert rows[-1] == [today.date(), 1, 0, 0, 0]

    def test_says_how_many_in_words_that_agree(self, as_annotator, annotator, desk, today):
        first, second = sentences(desk, 2)
        annotated(first, by=annotator, at=today)
        one = panel(as_annotator, "labels").said

        annotated(second, by=annotator, at=today)

        assert one == "1 label in this period."
        assert panel(as_annotator, "labels").said == "2 labels in this period."

    def test_counts_by_week_over_longer_periods(self, as_annotator, annotator, desk, today):
        annotated(sentences(desk, 1)[0], by=annotator, at=today)

        rows = panel(as_annotator, "labels", days=90).table.rows

        monday = today.date() - timedelta(days=today.weekday())
        assert 13 <= len(rows) <= 14
        assert rows[-1] == [monday, 1, 0, 0, 0]

    def test_forgets_what_was_taken_back(self, as_annotator, annotator, desk, today):
        sentence = sentences(desk, 1)[0]
        annotated(sentence, by=annotator, at=today)
        sentence.annotations.update(label="")

        assert panel(as_annotator, "labels").plot is None


class TestPace:
    def test_gives_the_median_and_nine_in_ten(self, as_annotator, desk, annotator, reviewer, today):
        arrived = today - timedelta(days=4)
        for minutes, sentence in enumerate(sentences(desk, 11, created_at=arrived), start=10):
            verdict = approved(sentence, annotator=annotator, reviewer=reviewer)
            at = arrived + timedelta(minutes=minutes)
            Verdict.objects.filter(pk=verdict.pk).update(approved_at=at)

        [row] = panel(as_annotator, "pace").table.rows

        assert row[1:] == [11, "15 min", "19 min"]

    def test_spells_days_and_keeps_them_on_one_line(
        self, as_annotator, desk, annotator, reviewer, today
    ):
        arrived = today - timedelta(days=4)
        [sentence] = sentences(desk, 1, created_at=arrived)
        verdict = approved(sentence, annotator=annotator, reviewer=reviewer)
        Verdict.objects.filter(pk=verdict.pk).update(approved_at=today)

        said = panel(as_annotator, "pace").said

        assert said.startswith("1 approval. In the last week with any: half within 4.0\xa0days,")


class TestAgreement:
    def test_is_shown_for_desks_with_two_annotators(self, as_annotator, annotator, desk, today):
        other = UserFactory(on=desk)
        for number, sentence in enumerate(sentences(desk, 12)):
            label = "disputed" if number % 2 else "verified"
            annotated(sentence, by=annotator, label=label, at=today)
            annotated(sentence, by=other, label=label, at=today)

        [row] = panel(as_annotator, "agreement").table.rows

        assert row == [desk.name, "1.00", "1.00", "1.00", 12, 24]

    def test_says_that_there_are_too_few(self, as_annotator, annotator, desk, today):
        other = UserFactory(on=desk)
        first, second, _alone = sentences(desk, 3)
        for sentence, label in ((first, "verified"), (second, "disputed")):
            annotated(sentence, by=annotator, label=label, at=today)
            annotated(sentence, by=other, label="verified", at=today)
        annotated(_alone, by=annotator, at=today)

        shown = panel(as_annotator, "agreement")

        assert "2 sentences, too few for an interval" in shown.rows.rows[0].said

    @pytest.mark.parametrize(("is_blind", "warns"), [(True, False), (False, True)])
    def test_says_less_where_colleagues_are_seen(
        self, as_annotator, annotator, desk, today, is_blind, warns
    ):
        Desk.objects.update(is_blind=is_blind)
        sentence = sentences(desk, 1)[0]
        annotated(sentence, by=annotator, at=today)
        annotated(sentence, by=UserFactory(on=desk), at=today)

        assert ("agreement says less" in panel(as_annotator, "agreement").note) is warns


class TestBlindDesk:
    @pytest.fixture(autouse=True)
    def blind(self, desk):
        Desk.objects.update(is_blind=True, annotators_needed=3)
        desk.refresh_from_db()

    @pytest.fixture
    def hidden(self, desk, today):
        """Two sentences that two colleagues labelled alike."""
        found = sentences(desk, 2)
        for colleague in UserFactory.create_batch(2, on=desk):
            for sentence in found:
                annotated(sentence, by=colleague, at=today, label="disputed")
        return found

    def test_counts_no_label_that_one_may_not_see(self, as_annotator, hidden):
        shown = panel(as_annotator, "labels")

        assert shown.plot is None
        assert "without the open sentences that you have not labelled" in shown.note
        assert as_annotator.get("/insights/labels.csv").content.decode().endswith(",0,0,0,0\r\n")

    def test_counts_colleagues_once_one_has_labelled(self, as_annotator, annotator, hidden, today):
        annotated(hidden[0], by=annotator, at=today, label="verified")

        rows = panel(as_annotator, "labels", days=7).table.rows

        assert rows[-1] == [today.date(), 1, 0, 2, 0]

    def test_says_nothing_of_the_agreement_on_what_is_hidden(
        self, as_annotator, annotator, hidden, today
    ):
        assert panel(as_annotator, "agreement").rows is None

        annotated(hidden[0], by=annotator, at=today, label="verified")

        [row] = panel(as_annotator, "agreement").table.rows
        assert row[-2:] == [1, 3]

    def test_counts_all_for_reviewers(self, as_reviewer, hidden, today):
        rows = panel(as_reviewer, "labels", days=7).table.rows

        assert rows[-1] == [today.date(), 0, 0, 4, 0]
        assert panel(as_reviewer, "agreement").table.rows[0][-2:] == [2, 4]
        assert "have not labelled" not in panel(as_reviewer, "labels").note

    def test_takes_no_more_statements(self, as_annotator, hidden, django_assert_num_queries):
        with django_assert_num_queries(8):
            as_annotator.get(INSIGHTS)


class TestExtraction:
    def run(self, desk, today, **said):
        article = ArticleFactory(desk=desk)
        times = {
            "queued_at": today,
            "started_at": today + timedelta(seconds=5),
            "finished_at": today + timedelta(seconds=35),
        }
        ExtractionRun.objects.filter(pk=article.current_run_id).update(
            **times | {"engine_asked": "own-3", "engine": "own-3"} | said
        )

    def test_counts_by_engine(self, as_annotator, desk, today):
        self.run(desk, today)
        self.run(desk, today, engine_asked="chat-1", fallback="too_slow")
        self.run(desk, today, engine_asked="chat-1", engine="", state="failed", error="Broken.")
        self.run(desk, today, state="queued", started_at=None, finished_at=None)
        self.run(desk, today - timedelta(days=31))

        rows = panel(as_annotator, "extraction").table.rows

        assert [row[:5] for row in rows] == [["chat-1", 0, 1, 1, 0], ["own-3", 1, 0, 0, 1]]
        assert rows[1][5:] == ["5 s", "5 s", "30 s", "30 s"]

    def test_says_that_the_only_one_failed(self, as_annotator, desk, today):
        self.run(desk, today, state="failed", error="Broken.")

        assert panel(as_annotator, "extraction").said == "1 extraction, which failed."


class TestTable:
    @pytest.mark.parametrize("name", NAMES)
    def test_comes_as_a_file(self, as_annotator, desk, name):
        sentences(desk, 2)

        response = as_annotator.get(reverse("editor:insights-table", args=[name]), {"days": 7})

        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'
        assert response.content.decode().splitlines()

    def test_is_no_formula_for_a_spreadsheet(self, as_annotator, annotator, desk, today):
        Desk.objects.update(name="=1+1")
        sentence = sentences(desk, 1)[0]
        annotated(sentence, by=annotator, at=today)
        annotated(sentence, by=UserFactory(on=desk), at=today)

        response = as_annotator.get(reverse("editor:insights-table", args=["agreement"]))

        assert response.content.decode().splitlines()[1].startswith("'=1+1,")

    def test_that_there_is_not_is_not_found(self, as_annotator):
        address = reverse("editor:insights-table", args=["nothing"])

        assert as_annotator.get(address).status_code == 404
