"""What is done with many articles of the queue at once."""

import re

from django.urls import reverse
from django.utils import timezone

from annotations.models import Article, ExtractionRun
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, DeskFactory, UserFactory


class TestBulk:
    BULK = reverse("editor:bulk")

    def act(self, client, do, articles, **more):
        data = {"do": do, "article": [one.pk for one in articles], **more}
        return client.post(self.BULK, data, headers={"HX-Request": "true"})

    def test_offers_the_colleagues_of_ones_desks(
        self, as_reviewer, as_annotator, annotator, django_assert_num_queries
    ):
        UserFactory(on=DeskFactory(), username="elsewhere")
        UserFactory(on=annotator.memberships.get().desk, username="gone", is_active=False)

        with django_assert_num_queries(4):  # session, person, desks, colleagues
            offered = html_of(as_reviewer.get(reverse("editor:people")))

        values = re.findall(r'value="([^"]*)"', offered)
        assert values == [annotator.username]
        assert "<option" not in html_of(as_annotator.get(reverse("editor:people")))

    def test_assigns(self, as_reviewer, annotator, desk):
        articles = ArticleFactory.create_batch(3, desk=desk)

        response = self.act(as_reviewer, "assign", articles[:2], assignee=annotator.username)

        assert "2 articles changed." in html_of(response)
        assert response["HX-Trigger"] == "queue-changed"
        assert Article.objects.filter(assignee=annotator).count() == 2

    def test_prioritises_until_a_time(self, as_reviewer, desk):
        article = ArticleFactory(desk=desk)

        self.act(as_reviewer, "prioritise", [article], priority="urgent", due_at="2025-03-12T18:00")

        article.refresh_from_db()
        assert article.priority == 3
        assert timezone.localtime(article.due_at).isoformat()[:16] == "2025-03-12T18:00"

    def test_extracts_again(self, as_annotator, desk):
        articles = ArticleFactory.create_batch(2, desk=desk)

        response = self.act(as_annotator, "extract", articles)

        assert "2 articles are extracted again." in html_of(response)
        assert ExtractionRun.objects.filter(state="queued").count() == 2

    def test_says_of_each_what_was_refused(self, as_annotator, annotator, desk):
        free, taken = ArticleFactory.create_batch(2, desk=desk)
        Article.objects.filter(pk=taken.pk).update(
            assignee=UserFactory(on=desk, display_name="Ada")
        )

        page = html_of(self.act(as_annotator, "assign", [free, taken], assignee=annotator.username))

        assert "1 article changed." in page
        assert f"{taken.title}</span>: Ada has this article." in page

    def test_reaches_no_other_desk(self, as_reviewer):
        foreign = ArticleFactory(desk=DeskFactory())

        response = self.act(as_reviewer, "extract", [foreign])

        assert "Select at least one article." in html_of(response)
        assert not ExtractionRun.objects.filter(state="queued").exists()

    def test_knows_no_other_deeds(self, as_reviewer, desk):
        assert self.act(as_reviewer, "delete", []).status_code == 404

    def test_is_a_page_without_scripts(self, as_reviewer, desk):
        data = {"do": "extract", "article": [ArticleFactory(desk=desk).pk]}

        assert "Back to the queue" in html_of(as_reviewer.post(self.BULK, data))
