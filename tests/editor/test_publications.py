import pytest
from django.urls import reverse

from annotations.models import Publication
from annotations.workflow import revisions
from annotations.workflow.intake import Draft
from annotations.workflow.tagging import Item
from tests.editor.conftest import html_of
from tests.factories import AT, ArticleFactory, annotated, published

REPORT = Item("https://journal.example/rapport", "Le rapport", "« 3 millions »", "refutes")
PUBLICATIONS = reverse("editor:publications")


@pytest.fixture
def out(desk, annotator, reviewer):
    sentence = ArticleFactory(desk=desk).sentences.first()
    said = {"rationale": "Vu au budget.", "evidence": [REPORT]}
    return published(sentence, annotator=annotator, reviewer=reviewer, **said)


def row(*, url, title="", quote="", stance="supports"):
    """A row of evidence as the form sends it."""
    named = {"url": url, "title": title, "quote": quote, "stance": stance, "archived_url": ""}
    return {f"evidence_{name}": value for name, value in named.items()}


def act(client, publication, action, **data):
    address = reverse(f"editor:verdict-{action}", args=[publication.verdict_id])
    return client.post(address, {"version": publication.verdict.version} | data)


class TestPublications:
    def test_shows_what_is_out(self, as_annotator, out):
        [card] = as_annotator.get(PUBLICATIONS).context["cards"]

        assert (card.newest, card.earlier, card.offers.steps) == (out, [], frozenset())

    def test_draws_a_form_only_when_somebody_opens_it(self, as_reviewer, out):
        listed = html_of(as_reviewer.get(PUBLICATIONS))
        form = html_of(as_reviewer.get(reverse("editor:verdict-correct", args=[out.verdict_id])))

        assert "Vu au budget.</textarea>" not in listed
        assert "Vu au budget.</textarea>" in form
        assert f'value="{REPORT.url}"' in form

    def test_is_empty_for_another_desk(self, as_outsider, out):
        page = as_outsider.get(PUBLICATIONS).content.decode()

        assert "Nothing is published yet." in page

    def test_takes_the_same_queries_however_many_rows(
        self, as_reviewer, annotator, reviewer, desk, django_assert_max_num_queries
    ):
        for article in ArticleFactory.create_batch(3, desk=desk):
            for sentence in article.sentences.all():
                published(sentence, annotator=annotator, reviewer=reviewer)

        with django_assert_max_num_queries(7):
            response = as_reviewer.get(PUBLICATIONS)

        assert len(response.context["cards"]) == 9

    def test_pages_by_key(self, as_reviewer, annotator, reviewer, desk, monkeypatch):
        monkeypatch.setattr("annotations.editor.publications.PAGE_SIZE", 2)
        sentences = ArticleFactory(desk=desk).sentences.order_by("start")
        first, second, third = (
            published(one, annotator=annotator, reviewer=reviewer) for one in sentences
        )

        newest = as_reviewer.get(PUBLICATIONS).context
        older = as_reviewer.get(PUBLICATIONS, {"before": newest["older"]}).context

        assert [card.newest for card in newest["cards"]] == [third, second]
        assert [card.newest for card in older["cards"]] == [first]


class TestCorrect:
    def test_finds_nothing_where_nothing_came_out(self, as_reviewer, annotator, desk):
        verdict = annotated(
            ArticleFactory(desk=desk).sentences.first(), by=annotator
        ).sentence.verdict

        response = as_reviewer.post(reverse("editor:verdict-correct", args=[verdict.pk]))

        assert response.status_code == 404

    def test_appends_a_version_with_the_note(self, as_reviewer, out):
        response = act(as_reviewer, out, "correct", label="disputed", note="A digit was wrong.")

        card = response.context["card"]
        assert (card.newest.kind, card.newest.label) == ("correction", "disputed")
        assert card.earlier == [out]
        assert "A digit was wrong." in response.content.decode()

    def test_keeps_what_was_typed_when_refused(self, as_reviewer, out):
        typed = {"label": "disputed", "note": " ", "rationale": "Counted anew."}

        response = act(as_reviewer, out, "correct", **typed)

        page = html_of(response)
        assert response.status_code == 422
        assert "Counted anew.</textarea>" in page
        assert '<option value="disputed" selected>' in page

    def test_shows_the_evidence_that_stands(self, as_reviewer, out):
        [card] = as_reviewer.get(PUBLICATIONS).context["cards"]

        assert card.position.evidence == (REPORT,)
        assert card.position.rationale == "Vu au budget."

    def test_replaces_the_evidence_by_what_the_form_holds(self, as_reviewer, out):
        rows = row(url="https://autre.example/", stance="context")

        response = act(as_reviewer, out, "correct", label="disputed", note="Revu.", **rows)

        [item] = response.context["card"].newest.evidence
        assert (item["url"], item["stance"]) == ("https://autre.example/", "context")

    def test_keeps_the_evidence_that_was_refused(self, as_reviewer, out):
        rows = row(url="no address", quote="« Non »")

        response = act(as_reviewer, out, "correct", label="verified", note="Revu.", **rows)

        page = html_of(response)
        assert response.status_code == 422
        assert 'value="no address"' in page
        assert "« Non »</textarea>" in page
        assert Publication.objects.count() == 1

    def test_refuses_an_annotator(self, as_annotator, out):
        response = act(as_annotator, out, "correct", label="disputed", note="Mine")

        assert response.status_code == 422
        assert Publication.objects.count() == 1


class TestRetract:
    def test_withdraws_the_label_with_a_note(self, as_reviewer, out):
        response = act(as_reviewer, out, "retract", note="The source was withdrawn.")

        newest = response.context["card"].newest
        assert (newest.kind, newest.label) == ("retraction", "")
        assert "Publish again" in response.content.decode()

    def test_refuses_a_stale_write(self, as_reviewer, out):
        response = act(as_reviewer, out, "retract", note="Too late.", version=77)

        assert response.status_code == 409
        assert "Too late.</textarea>" in response.content.decode()

    def test_refused_leaves_what_a_correction_would_say(self, as_reviewer, out):
        card = act(as_reviewer, out, "retract", note=" ").context["card"]

        assert card.is_retracting
        assert (card.position.label, card.position.evidence) == ("verified", (REPORT,))

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, out):
        assert act(as_outsider, out, "retract", note="Mine").status_code == 404


class TestNewText:
    def test_is_named_where_the_words_are_gone(self, as_reviewer, annotator, reviewer, desk):
        article = ArticleFactory(desk=desk)
        first, second = article.sentences.order_by("start")[:2]
        for one in (first, second):
            published(one, annotator=annotator, reviewer=reviewer)
        before = html_of(as_reviewer.get(PUBLICATIONS))
        draft = Draft(text=f"Tout autre chose. {second.exact}")
        revisions.revise(article=article, draft=draft, by=annotator, at=AT, based_on=1)

        page = html_of(as_reviewer.get(PUBLICATIONS))

        assert "The article has a newer text" not in before
        assert page.count("The article has a newer text, in which these words are gone.") == 1
        assert reverse("editor:article-text", args=[article.pk, 1]) + f"#s{first.pk}" in page
        assert reverse("editor:article", args=[article.pk]) + f"#s{second.pk}" in page
