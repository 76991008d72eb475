import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from annotations.models import Article, ExtractionRun, Sentence, Worker
from annotations.workflow import presence
from tests.editor.conftest import html_of, logged_in
from tests.factories import ArticleFactory, DeskFactory, UserFactory, annotated

ROW = "annotations/_queue_row.html"
QUEUE = reverse("editor:queue")


def titles(response):
    return [row.title for row in response.context["rows"]]


class TestQueue:
    def test_sends_strangers_to_the_login(self, client, db):
        response = client.get(QUEUE)

        assert response.url == f"{reverse('editor:login')}?next=/"

    def test_shows_only_ones_own_desks_newest_first(self, as_annotator, desk):
        first, second = ArticleFactory.create_batch(2, desk=desk)
        ArticleFactory(desk=DeskFactory())

        response = as_annotator.get(QUEUE)

        assert titles(response) == [second.title, first.title]

    def test_takes_the_same_queries_however_many_rows(
        self, as_annotator, annotator, desk, django_assert_max_num_queries
    ):
        for article in ArticleFactory.create_batch(6, desk=desk, source_name=None):
            annotated(article.sentences.first(), by=annotator)

        # who asks: session, person, desks; articles, labels, saved views, what was returned
        with django_assert_max_num_queries(7):
            response = as_annotator.get(QUEUE)

        assert len(titles(response)) == 6

    def test_draws_one_template_a_row(self, as_annotator, desk):
        ArticleFactory.create_batch(2, desk=desk)
        as_annotator.get(QUEUE)  # what is drawn once for all pages is drawn now
        few = len(as_annotator.get(QUEUE).templates)
        ArticleFactory.create_batch(4, desk=desk)

        many = len(as_annotator.get(QUEUE).templates)

        assert many - few == 4

    def test_draws_a_row_once_as_long_as_it_says_the_same(self, as_annotator, desk):
        article = ArticleFactory(desk=desk)
        first = as_annotator.get(QUEUE)
        assert ROW in [one.name for one in first.templates]

        again = as_annotator.get(QUEUE)
        desk.name = "Another name"
        desk.save()
        changed = as_annotator.get(QUEUE)

        assert ROW not in [one.name for one in again.templates]
        assert article.title in again.content.decode()
        assert changed.content.decode().count("Another name") > 1

    def test_pages_by_key(self, as_annotator, desk, monkeypatch):
        monkeypatch.setattr("annotations.editor.queue.PAGE_SIZE", 2)
        first, second, third = ArticleFactory.create_batch(3, desk=desk)

        newest = as_annotator.get(QUEUE)
        older = as_annotator.get(QUEUE, {"before": newest.context["older"]})

        assert titles(newest) == [third.title, second.title]
        assert titles(older) == [first.title]
        assert older.context["older"] == ""

    def test_puts_what_is_urgent_first_as_long_as_something_is_left(
        self, as_annotator, desk, monkeypatch
    ):
        monkeypatch.setattr("annotations.editor.queue.PAGE_SIZE", 2)
        low, done, urgent, normal = ArticleFactory.create_batch(4, desk=desk)
        Article.objects.filter(pk=low.pk).update(priority=0)
        Article.objects.filter(pk=done.pk).update(priority=3, open_candidates=0)
        Article.objects.filter(pk=urgent.pk).update(priority=3)

        first = as_annotator.get(QUEUE)
        second = as_annotator.get(QUEUE, {"before": first.context["older"]})

        assert titles(first) == [urgent.title, normal.title]
        assert titles(second) == [done.title, low.title]

    @pytest.mark.parametrize(
        ("hours", "is_open", "words"),
        [
            (5.1, True, "due in 5 hours</time>"),
            (-5.1, True, "5 hours late</time>"),
            (-5.1, False, "was due</time>"),
        ],
    )
    def test_says_when_an_article_is_due_with_the_exact_time_in_the_tooltip(
        self, as_annotator, desk, hours, is_open, words
    ):
        due_at = timezone.localtime(timezone.now() + timedelta(hours=hours))
        article = ArticleFactory(desk=desk)
        left = article.open_candidates if is_open else 0
        Article.objects.update(due_at=due_at, open_candidates=left)

        page = html_of(as_annotator.get(QUEUE))

        assert words in page
        assert f'title="{date_format(due_at, "DATETIME_FORMAT")}">' in page

    def test_shows_priority_assignee_and_how_long_the_oldest_waits(
        self, as_annotator, annotator, desk
    ):
        article = ArticleFactory(desk=desk)
        past = timezone.now() - timedelta(hours=3, minutes=5)
        Article.objects.update(priority=3, assignee=annotator, due_at=past)
        ExtractionRun.objects.update(finished_at=past)

        page = html_of(as_annotator.get(QUEUE))

        assert '<span class="priority priority--urgent">' in page
        assert "3 hours late</time>" in page
        assert f"</span> {annotator.name}" in page
        assert "Oldest undecided:" in page
        assert f'value="{article.pk}" aria-labelledby="article-{article.pk}"' in page

    @pytest.mark.usefixtures("empty_redis")
    def test_says_who_works_on_an_article(self, as_annotator, annotator, desk):
        mine, theirs = ArticleFactory.create_batch(2, desk=desk)
        colleague = UserFactory(on=desk, display_name="Ada Model")
        presence.work(article_id=mine.pk, by=annotator)
        presence.work(article_id=theirs.pk, by=colleague)

        response = as_annotator.get(QUEUE)

        assert [row.holder for row in response.context["rows"]] == ["Ada Model", ""]
        assert "Ada Model is working on it" in html_of(response)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"assigned": "me"}, ["mine"]),
            ({"assigned": "nobody"}, ["disputed", "old"]),
            ({"has": "disputed"}, ["disputed"]),
            ({"source": "la gazette"}, ["mine"]),
            ({"from": "2025-01-01"}, ["disputed", "mine"]),
            ({"to": "2024-12-31"}, ["old"]),
            ({"from": "soon", "to": "9999-12-31", "source": "\0"}, ["disputed", "mine", "old"]),
        ],
    )
    def test_filters_by_what_is_in_the_address(self, as_annotator, annotator, desk, asked, found):
        old = datetime(2024, 12, 31, 23, tzinfo=UTC)
        ArticleFactory(desk=desk, title="old", published_at=old)
        mine = ArticleFactory(desk=desk, title="mine", source_name="La Gazette")
        Article.objects.filter(pk=mine.pk).update(assignee=annotator)
        disputed = ArticleFactory(desk=desk, title="disputed")
        annotated(disputed.sentences.first(), by=annotator, label="disputed")

        assert titles(as_annotator.get(QUEUE, asked)) == found

    def test_tells_nothing_that_a_blind_desk_hides(self, annotator, reviewer, desk):
        desk.is_blind = True
        desk.save()
        article = ArticleFactory(desk=desk)
        annotated(article.sentences.first(), by=UserFactory(on=desk), label="disputed")

        hidden, open_ = logged_in(annotator), logged_in(reviewer)

        assert titles(hidden.get(QUEUE, {"has": "disputed"})) == []
        assert titles(open_.get(QUEUE, {"has": "disputed"})) == [article.title]
        assert "disputed" not in dict(hidden.get(QUEUE).context["rows"][0].counts)
        assert open_.get(QUEUE).context["rows"][0].counts[0] == ("disputed", 1)

    def test_leads_on_through_the_list(self, as_annotator, desk):
        article = ArticleFactory(desk=desk, language="en")

        [row] = as_annotator.get(QUEUE, {"language": "en", "state": ""}).context["rows"]

        assert row.address == f"/articles/{article.pk}/?in=language%3Den"

    def test_names_the_sources_of_ones_desks(self, as_annotator, desk):
        ArticleFactory(desk=desk, source_name="La Gazette")
        ArticleFactory(desk=DeskFactory(), source_name="Ailleurs")

        page = html_of(as_annotator.get(reverse("editor:sources")))

        assert page == '<option value="La Gazette"></option>'

    def test_filters_by_desk_language_and_state(self, as_annotator, annotator, desk):
        wanted = ArticleFactory(desk=desk, language="en")
        ArticleFactory(desk=desk, language="fr")
        ArticleFactory(desk=desk, language="en", extracted=False)

        filters = {"desk": desk.slug, "language": "en", "state": "open"}
        response = as_annotator.get(QUEUE, filters)

        assert titles(response) == [wanted.title]

    def test_ignores_filters_that_do_not_exist(self, as_annotator, desk):
        ArticleFactory(desk=desk)

        response = as_annotator.get(QUEUE, {"desk": "nowhere", "state": "odd", "before": "x"})

        assert len(titles(response)) == 1

    def test_counts_labels_and_what_is_left(self, as_annotator, annotator, desk):
        article = ArticleFactory(desk=desk, sentences=5)
        annotated(Sentence.objects.get(article=article, index=0), by=annotator, label="disputed")

        [row] = as_annotator.get(QUEUE).context["rows"]

        assert row.counts == (("disputed", 1), ("left", 2))
        assert [(one.start, one.width) for one in row.bar] == [(0, 33.33), (33.33, 66.67)]

    def test_says_what_to_do_when_it_is_empty(self, as_annotator):
        response = as_annotator.get(QUEUE)

        assert "Add the first article" in response.content.decode()

    def test_says_what_to_do_on_no_desk(self, db):
        founder = UserFactory(is_superuser=True)

        member, admin = (html_of(logged_in(one).get(QUEUE)) for one in (UserFactory(), founder))

        assert "You are not on any desk yet" in member
        assert reverse("editor:add") not in member
        assert reverse("editor:desk-create") not in member
        assert reverse("editor:desk-create") in admin

    def test_marks_what_news_of_progress_goes_to(self, as_annotator, desk, alive_worker):
        article = ArticleFactory(desk=desk, extracted=False)
        busy = as_annotator.get(QUEUE, headers={"HX-Request": "true"}).content.decode()
        article.current_run.state = "succeeded"
        article.current_run.save()

        idle = as_annotator.get(QUEUE, headers={"HX-Request": "true"}).content.decode()

        assert f'data-progress="{article.pk}"' in busy
        assert "No worker is running" not in busy
        assert "data-progress" not in idle

    def test_is_found_by_who_has_it_drawn_anew(self, as_annotator):
        """js/news.js looks for the word among others."""
        page = html_of(as_annotator.get(QUEUE))

        [triggers] = re.findall(r'id="queue".*?hx-trigger="([^"]*)"', page)
        assert "news" in triggers.split()

    def test_says_when_no_worker_is_running(self, as_annotator, desk):
        ArticleFactory(desk=desk, extracted=False)
        Worker.objects.create(name="gone", seen_at=timezone.now() - timedelta(minutes=5))

        response = as_annotator.get(QUEUE)

        assert "No worker is running" in response.content.decode()

    def test_shows_why_an_extraction_failed(self, as_annotator, desk):
        article = ArticleFactory(desk=desk)
        article.current_run.state, article.current_run.error = "failed", "It broke in the middle."
        article.current_run.save()

        page = as_annotator.get(QUEUE).content.decode()

        assert "It broke in the middle." in page
        assert reverse("editor:article-extract", args=[article.pk]) in page

    def test_says_who_stepped_in_for_the_engine_that_was_asked(self, as_annotator, desk):
        ArticleFactory(desk=desk)
        ExtractionRun.objects.update(
            engine_asked="chat-1:small", engine="own-2", fallback="refused"
        )

        page = html_of(as_annotator.get(QUEUE))

        assert "The engine chat-1:small was asked, but it refused. own-2 read" in page


@pytest.mark.usefixtures("empty_redis")
class TestStart:
    def start(self, client, address=""):
        return client.post(reverse("editor:start"), {"list": address})

    def test_opens_the_most_urgent_and_says_that_one_is_on_it(self, as_annotator, annotator, desk):
        urgent, *_ = ArticleFactory.create_batch(3, desk=desk)
        Article.objects.filter(pk=urgent.pk).update(priority=3)

        response = self.start(as_annotator)

        assert response.url == f"/articles/{urgent.pk}/"
        assert presence.at_work([urgent.pk])[urgent.pk].user == annotator.pk

    def test_prefers_ones_own_among_equals(self, as_annotator, annotator, desk):
        mine, _newer = ArticleFactory.create_batch(2, desk=desk)
        Article.objects.filter(pk=mine.pk).update(assignee=annotator)

        assert self.start(as_annotator).url == f"/articles/{mine.pk}/"

    def test_passes_over_what_others_have_or_work_on(self, as_annotator, desk):
        free, busy, assigned, done = ArticleFactory.create_batch(4, desk=desk)
        colleague = UserFactory(on=desk)
        presence.work(article_id=busy.pk, by=colleague)
        Article.objects.filter(pk=assigned.pk).update(assignee=colleague)
        Article.objects.filter(pk=done.pk).update(open_candidates=0)

        assert self.start(as_annotator).url == f"/articles/{free.pk}/"

    def test_stays_in_the_list(self, as_annotator, desk):
        english = ArticleFactory(desk=desk, language="en")
        ArticleFactory(desk=desk, language="fr")

        response = self.start(as_annotator, "language=en")

        assert response.url == f"/articles/{english.pk}/?in=language%3Den"

    def test_says_that_nothing_is_left(self, as_annotator, desk):
        response = self.start(as_annotator, f"desk={desk.slug}")

        assert response.url == f"/?desk={desk.slug}&start=none"
        assert "Nothing here waits for you" in html_of(as_annotator.get(response.url))

    def test_gives_two_people_two_articles(self, annotator, reviewer, desk):
        ArticleFactory.create_batch(2, desk=desk)

        urls = {self.start(logged_in(one)).url for one in (annotator, reviewer)}

        assert len(urls) == 2
