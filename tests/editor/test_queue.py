from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from annotations.models import ExtractionRun, Sentence, Worker
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, DeskFactory, annotated

QUEUE = reverse("editor:queue")


def titles(response):
    return [row.article.title for row in response.context["rows"]]


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

        with django_assert_max_num_queries(5):
            response = as_annotator.get(QUEUE)

        assert len(titles(response)) == 6

    def test_draws_one_template_a_row(self, as_annotator, desk):
        ArticleFactory.create_batch(2, desk=desk)
        as_annotator.get(QUEUE)  # what is drawn once for all pages is drawn now
        few = len(as_annotator.get(QUEUE).templates)
        ArticleFactory.create_batch(4, desk=desk)

        many = len(as_annotator.get(QUEUE).templates)

        assert many - few == 4

    def test_pages_by_key(self, as_annotator, desk, monkeypatch):
        monkeypatch.setattr("annotations.editor.queue.PAGE_SIZE", 2)
        first, second, third = ArticleFactory.create_batch(3, desk=desk)

        newest = as_annotator.get(QUEUE)
        older = as_annotator.get(QUEUE, {"before": newest.context["older"]})

        assert titles(newest) == [third.title, second.title]
        assert titles(older) == [first.title]
        assert older.context["older"] is None

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

        assert row.counts == {"disputed": 1, "left": 2}
        assert [(one.start, one.width) for one in row.bar] == [(0, 33.33), (33.33, 66.67)]

    def test_says_what_to_do_when_it_is_empty(self, as_annotator):
        response = as_annotator.get(QUEUE)

        assert "Add the first article" in response.content.decode()

    def test_marks_what_news_of_progress_goes_to(self, as_annotator, desk, alive_worker):
        article = ArticleFactory(desk=desk, extracted=False)
        busy = as_annotator.get(QUEUE, headers={"HX-Request": "true"}).content.decode()
        article.current_run.state = "succeeded"
        article.current_run.save()

        idle = as_annotator.get(QUEUE, headers={"HX-Request": "true"}).content.decode()

        assert f'data-progress="{article.pk}"' in busy
        assert "No worker is running" not in busy
        assert "data-progress" not in idle

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
