import re
from html import unescape

from django.urls import reverse
from django.utils import timezone

from annotations.models import Article, ExtractionRun, Sentence
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, annotated


def address(article, name="article"):
    return reverse(f"editor:{name}", args=[article.pk])


def options(page):
    return re.findall(r'<span id="s(\d+)"[^>]*data-mark="(\w*)"([^>]*)>', page)


class TestArticle:
    def test_is_not_there_for_a_foreign_desk(self, as_outsider, desk):
        article = ArticleFactory(desk=desk)

        response = as_outsider.get(address(article))

        assert response.status_code == 404

    def test_shows_the_whole_text(self, as_annotator, desk):
        article = ArticleFactory(desk=desk)

        page = as_annotator.get(address(article)).content.decode()

        pieces = re.findall(r'class="(?:text__gap|sentence__exact)"[^>]*>([^<]*)<', page)
        assert unescape("".join(pieces)) == article.current_revision.text

    def test_shows_labels_and_the_count(self, as_annotator, annotator, desk):
        article = ArticleFactory(desk=desk, sentences=6)
        annotated(Sentence.objects.get(article=article, index=2), by=annotator, label="disputed")

        response = as_annotator.get(address(article))

        marks = [mark for _, mark, _ in options(response.content.decode())]
        assert marks == ["", "", "disputed", "", "", ""]
        assert (response.context["decided"], len(response.context["candidates"])) == (1, 3)

    def test_takes_few_queries_for_forty_sentences(
        self, as_annotator, annotator, desk, django_assert_max_num_queries
    ):
        article = ArticleFactory(desk=desk, sentences=40)
        for sentence in article.sentences.all()[:5]:
            annotated(sentence, by=annotator)

        with django_assert_max_num_queries(8):
            response = as_annotator.get(address(article))

        assert len(options(response.content.decode())) == 40

    def test_draws_no_template_for_a_sentence(self, as_annotator, annotator, desk):
        article = ArticleFactory(desk=desk, sentences=40)
        annotated(article.sentences.first(), by=annotator)

        response = as_annotator.get(address(article))

        candidates = len(response.context["candidates"])
        assert len(response.templates) < candidates + 20

    def test_links_to_the_articles_around_it(self, as_annotator, desk):
        older, article, newer = ArticleFactory.create_batch(3, desk=desk)

        context = as_annotator.get(address(article)).context

        assert (context["newer"], context["older"]) == (address(newer), address(older))

    def test_stays_in_the_list_that_one_came_from(self, as_annotator, desk):
        first, article, last = ArticleFactory.create_batch(3, desk=desk, language="en")
        ArticleFactory(desk=desk, language="fr")
        Article.objects.filter(pk=first.pk).update(priority=3)
        asked = {"in": "language=en&state=odd"}

        response = as_annotator.get(address(article), asked)

        assert response.context["newer"] == f"{address(last)}?in=language%3Den"
        assert response.context["older"] == ""
        assert 'href="/?language=en"' in response.content.decode()
        urgent = as_annotator.get(address(first), asked).context
        assert urgent["older"] == f"{address(last)}?in=language%3Den"

    def test_shows_the_text_and_asks_again_while_it_is_extracted(self, as_annotator, desk):
        article = ArticleFactory(desk=desk, extracted=False)

        page = as_annotator.get(address(article)).content.decode()

        assert article.current_revision.text in page
        assert f"{address(article, 'article-progress')}?empty=1" in page
        assert "No worker is running" in page


class TestProgress:
    def test_counts_sentences(self, as_annotator, desk, alive_worker):
        article = ArticleFactory(desk=desk, extracted=False)
        ExtractionRun.objects.filter(pk=article.current_run_id).update(
            sentences_done=4, sentences_total=9
        )

        page = as_annotator.get(address(article, "article-progress")).content.decode()

        assert "4 of 9 sentences read" in page

    def test_loads_a_page_without_sentences_anew_when_it_is_done(self, as_annotator, desk):
        article = ArticleFactory(desk=desk)

        response = as_annotator.get(address(article, "article-progress"), {"empty": "1"})

        assert response.headers["HX-Refresh"] == "true"

    def test_leaves_a_page_in_use_alone_when_it_is_done(self, as_annotator, desk):
        article = ArticleFactory(desk=desk)

        response = as_annotator.get(address(article, "article-progress"))

        assert "Show the new result" in response.content.decode()
        assert "HX-Refresh" not in response.headers

    def test_says_who_stepped_in_for_the_engine_that_was_asked(self, as_annotator, desk):
        article = ArticleFactory(desk=desk)
        ExtractionRun.objects.update(engine_asked="chat-1:small", engine="own-2", fallback="busy")

        page = html_of(as_annotator.get(address(article)))
        told = html_of(as_annotator.get(address(article, "article-progress")))

        said = "The engine chat-1:small was asked, but it had too much to do. own-2 read"
        assert said in page
        assert said in told
        assert "Show the new result" in told
        assert "Show the new result" not in page


class TestExtract:
    def test_queues_the_article_again(self, as_annotator, desk, empty_redis):
        article = ArticleFactory(desk=desk)
        ExtractionRun.objects.update(state="failed", error="Broken", finished_at=timezone.now())

        response = as_annotator.post(address(article, "article-extract"))

        article.refresh_from_db()
        assert response.url == address(article)
        assert article.current_run.state == "queued"

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, desk):
        article = ArticleFactory(desk=desk)

        response = as_outsider.post(address(article, "article-extract"))

        assert response.status_code == 404
