import pytest
from django.urls import reverse

from annotations.models import Desk, Publication, Sentence, Verdict
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, UserFactory, annotated, approved

REVIEW = reverse("editor:review")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


@pytest.fixture
def verdict(article, annotator):
    annotated(article.sentences.get(index=2), by=annotator, rationale="Seen in the register.")
    return Verdict.objects.get()


def act(client, verdict, action, **data):
    address = reverse(f"editor:verdict-{action}", args=[verdict.pk])
    return client.post(address, {"version": verdict.version} | data)


class TestReview:
    def test_shows_each_verdict_in_its_context(self, as_reviewer, verdict):
        [group] = as_reviewer.get(REVIEW).context["groups"]

        [card] = group.cards
        assert card.verdict.previous_exact.startswith("Phrase 1")
        assert card.verdict.next_exact.startswith("Phrase 3")
        assert [one.rationale for one in card.given] == ["Seen in the register."]

    def test_is_empty_for_an_annotator(self, as_annotator, verdict):
        response = as_annotator.get(REVIEW)

        assert "Nothing waits for review." in response.content.decode()

    def test_is_empty_for_another_desk(self, as_outsider, verdict):
        assert as_outsider.get(REVIEW).context["groups"] == []

    def test_leaves_out_what_is_no_claim(self, as_reviewer, annotator, article):
        annotated(article.sentences.first(), by=annotator, label="dismissed")

        assert as_reviewer.get(REVIEW).context["groups"] == []

    def test_takes_the_same_queries_however_many_verdicts(
        self, as_reviewer, annotator, desk, django_assert_max_num_queries
    ):
        for article in ArticleFactory.create_batch(3, desk=desk, sentences=4):
            for sentence in Sentence.objects.filter(article=article):
                annotated(sentence, by=annotator)

        with django_assert_max_num_queries(8):
            response = as_reviewer.get(REVIEW)

        assert [len(group.cards) for group in response.context["groups"]] == [4, 4, 4]

    def test_pages_by_article(self, as_reviewer, annotator, desk, monkeypatch):
        monkeypatch.setattr("annotations.editor.review.PAGE_SIZE", 2)
        for article in ArticleFactory.create_batch(2, desk=desk, sentences=3):
            for sentence in article.sentences.all():
                annotated(sentence, by=annotator)
        following, found = "", []

        while following is not None:
            context = as_reviewer.get(f"{REVIEW}?{following}").context
            found.append([one.verdict.pk for group in context["groups"] for one in group.cards])
            following = context["following"] or None

        in_order = Verdict.objects.order_by("-article", "sentence__start").values_list(
            "pk", flat=True
        )
        assert found == [list(in_order[n : n + 2]) for n in (0, 2, 4)]

    def test_offers_to_publish_with_the_number(self, as_reviewer, annotator, reviewer, article):
        for index in (0, 1):
            approved(article.sentences.get(index=index), annotator=annotator, reviewer=reviewer)

        response = as_reviewer.get(REVIEW)

        assert "Publish 2 approved sentences" in response.content.decode()


class TestApprove:
    def test_approves_with_a_rating(self, as_reviewer, verdict):
        response = act(as_reviewer, verdict, "approve", rating="3")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.rating) == ("approved", 3)
        assert "Publish 1 approved sentence" in response.content.decode()

    def test_refuses_ones_own_work_in_words(self, as_reviewer, reviewer, article):
        annotated(article.sentences.first(), by=reviewer)

        response = act(as_reviewer, Verdict.objects.get(), "approve")

        assert response.status_code == 422
        assert "another reviewer decides" in response.content.decode()

    def test_refuses_a_stale_write(self, as_reviewer, verdict):
        response = act(as_reviewer, verdict, "approve", version=99)

        assert response.status_code == 409
        assert f'"version": {verdict.version}' in response.content.decode()

    def test_refuses_an_annotator(self, as_annotator, verdict):
        response = act(as_annotator, verdict, "approve")

        verdict.refresh_from_db()
        assert (response.status_code, verdict.state) == (422, "proposed")

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, verdict):
        assert act(as_outsider, verdict, "approve").status_code == 404


class TestReturn:
    def test_returns_with_a_comment(self, as_reviewer, verdict):
        response = act(as_reviewer, verdict, "return", comment="Which register?")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.comment) == ("returned", "Which register?")
        assert "Which register?" in response.content.decode()

    def test_refuses_an_empty_comment(self, as_reviewer, verdict):
        response = act(as_reviewer, verdict, "return", comment=" ")

        assert response.status_code == 422
        assert 'data-form="return" open>' in html_of(response)


class TestAdjudicate:
    @pytest.fixture
    def contested(self, article, annotator, desk):
        sentence = article.sentences.first()
        annotated(sentence, by=annotator)
        annotated(sentence, by=UserFactory(on=desk), label="disputed")
        return Verdict.objects.get()

    def test_decides(self, as_reviewer, contested):
        act(as_reviewer, contested, "adjudicate", label="disputed", rationale="The later source.")

        contested.refresh_from_db()
        assert (contested.state, contested.label) == ("approved", "disputed")

    def test_keeps_what_was_typed_when_refused(self, as_reviewer, contested):
        Desk.objects.update(evidence_required=True)

        typed = {"label": "disputed", "rationale": "The later source."}
        response = act(as_reviewer, contested, "adjudicate", **typed)

        page = html_of(response)
        assert response.status_code == 422
        assert "The later source.</textarea>" in page
        assert 'value="disputed" checked' in page


class TestPublish:
    def publish(self, client, article, number=""):
        address = reverse("editor:article-publish", args=[article.pk])
        return client.post(address, {"number": number})

    def test_publishes_what_is_approved(self, as_reviewer, annotator, reviewer, article):
        approved(article.sentences.first(), annotator=annotator, reviewer=reviewer)

        response = self.publish(as_reviewer, article)

        assert Publication.objects.count() == 1
        assert "1 sentence published." in response.content.decode()

    def test_refuses_when_more_is_approved_than_was_seen(
        self, as_reviewer, annotator, reviewer, article
    ):
        for index in (0, 1):
            approved(article.sentences.get(index=index), annotator=annotator, reviewer=reviewer)

        response = self.publish(as_reviewer, article, number="1")

        assert response.status_code == 409
        assert "2 sentences are approved now, not 1." in response.content.decode()
        assert not Publication.objects.exists()

    def test_says_when_nothing_is_approved(self, as_reviewer, verdict, article):
        response = self.publish(as_reviewer, article)

        assert response.status_code == 422
        assert "Nothing of this article is approved" in response.content.decode()

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, article):
        assert self.publish(as_outsider, article).status_code == 404


class TestApproveAll:
    def approve(self, client, article, verdicts, *, older=0):
        data = {"verdict": [f"{one.pk}:{one.version - older}" for one in verdicts]}
        return client.post(reverse("editor:article-approve", args=[article.pk]), data)

    @pytest.fixture
    def waiting(self, article, annotator):
        for index in (0, 1, 2):
            annotated(article.sentences.get(index=index), by=annotator)
        return list(Verdict.objects.order_by("sentence__start"))

    def test_says_how_many_the_reader_may_approve(self, as_reviewer, reviewer, article, waiting):
        own, colleague = article.sentences.order_by("start")[3:5]
        annotated(own, by=reviewer)
        annotated(colleague, by=UserFactory(on=article.desk), label="dismissed")

        response = as_reviewer.get(REVIEW)

        [group] = response.context["groups"]
        assert group.approvable == len(waiting)
        assert "<span data-number>3</span>" in html_of(response)

    def test_approves_what_was_seen(self, as_reviewer, article, waiting):
        page = html_of(self.approve(as_reviewer, article, waiting[:2]))

        assert "2 sentences approved." in page
        assert [one.state for one in Verdict.objects.order_by("sentence__start")] == [
            "approved",
            "approved",
            "proposed",
        ]

    def test_says_of_each_sentence_what_was_refused(self, as_reviewer, reviewer, article, waiting):
        own = article.sentences.get(index=4)
        annotated(own, by=reviewer)
        mine = Verdict.objects.get(sentence=own)

        page = html_of(self.approve(as_reviewer, article, [waiting[0], mine]))

        assert "1 sentence approved." in page
        assert f'href="#verdict-{mine.pk}"' in page
        assert "You labelled this sentence" in page

    def test_leaves_alone_what_was_changed_since(self, as_reviewer, article, waiting):
        page = html_of(self.approve(as_reviewer, article, waiting, older=1))

        assert page.count("changed in the meantime") == 3
        assert not Verdict.objects.filter(state="approved").exists()

    def test_is_refused_to_annotators(self, as_annotator, article, waiting):
        assert self.approve(as_annotator, article, waiting).status_code == 422
        assert not Verdict.objects.filter(state="approved").exists()

    def test_reaches_no_other_article(self, as_reviewer, annotator, article, waiting, desk):
        other = ArticleFactory(desk=desk)

        self.approve(as_reviewer, other, waiting)

        assert not Verdict.objects.filter(state="approved").exists()

    @pytest.mark.parametrize("pairs", [["x"], ["1:"], [":"], ["9:9"]])
    def test_takes_no_nonsense(self, as_reviewer, article, waiting, pairs):
        path = reverse("editor:article-approve", args=[article.pk])

        assert as_reviewer.post(path, {"verdict": pairs}).status_code == 200
        assert not Verdict.objects.filter(state="approved").exists()

    def test_can_be_taken_back_as_one(self, as_reviewer, article, waiting):
        self.approve(as_reviewer, article, waiting)

        page = html_of(as_reviewer.post(reverse("editor:article-take-back", args=[article.pk])))

        assert "3 approvals taken back." in page
        assert not Verdict.objects.exclude(state="proposed").exists()

    def test_says_why_nothing_is_taken_back(self, as_reviewer, article, waiting):
        response = as_reviewer.post(reverse("editor:article-take-back", args=[article.pk]))

        assert response.status_code == 422
        assert "There is no approval of yours to take back here." in html_of(response)


class TestCost:
    def test_draws_a_verdict_once_as_long_as_it_says_the_same(
        self, as_reviewer, annotator, article
    ):
        annotated(article.sentences.first(), by=annotator)
        as_reviewer.get(REVIEW)  # what is drawn once for all pages is drawn now
        few = len(as_reviewer.get(REVIEW).templates)
        for sentence in article.sentences.all()[1:5]:
            annotated(sentence, by=annotator)

        first, again = (as_reviewer.get(REVIEW) for _ in range(2))

        names = [one.name for one in first.templates]
        assert names.count("annotations/_verdict.html") == 4  # the fifth is as it was
        assert len(again.templates) == few
