from hashlib import sha256

import pytest

from annotations.models import Article, AuditEvent, ExtractionRun, Revision, Source
from annotations.workflow import articles, intake
from annotations.workflow.errors import BadInput, NotAllowed
from tests.concurrency import at_once
from tests.factories import DeskFactory, UserFactory

TEXT = "Titre\r\n\r\n« Cent\u202f% »\u00a0: le total e\u0301tait faux. 🙂\t\n"


@pytest.fixture
def draft():
    return intake.Draft(
        text=TEXT, language="fr", source=" Le Journal ", source_url="https://journal.example/1"
    )


class TestAdd:
    def test_stores_the_text_unchanged_with_its_digest(self, desk, annotator, draft, now):
        run = articles.add(desk=desk, draft=draft, by=annotator, at=now)

        revision = Revision.objects.get()
        digest = sha256(TEXT.encode()).hexdigest()
        assert revision.text == TEXT
        assert revision.sha256 == revision.article.text_sha256 == digest
        assert (revision.raw, revision.raw_type) == ("", "text/plain")
        assert (revision.article.title, revision.article.source.name) == ("Titre", "Le Journal")
        assert revision.article.current_revision == run.revision == revision

    def test_queues_its_extraction(self, desk, annotator, draft, now):
        run = articles.add(
            desk=desk, draft=draft, by=annotator, at=now, queue=ExtractionRun.Queue.BULK
        )

        run.refresh_from_db()
        article = Article.objects.get()
        assert (run.state, run.queue, run.queued_at) == ("queued", "bulk", now)
        assert (article.current_run, article.state) == (run, Article.State.EXTRACTING)

    def test_leaves_an_audit_event(self, desk, annotator, draft, now):
        articles.add(desk=desk, draft=draft, by=annotator, at=now)

        event = AuditEvent.objects.get()
        assert (event.action, event.actor, event.at) == ("article.added", annotator, now)
        assert event.article == Article.objects.get()

    def test_keeps_a_page_as_it_came(self, desk, annotator, now):
        words = "Le maire a annoncé mardi que l’école primaire fermerait ses portes en juin, déjà."
        html = f"<html><body><article>{f'<p>{words}</p>' * 3}</article></body></html>\r\n"

        articles.add(desk=desk, draft=intake.Draft(html=html), by=annotator, at=now)

        revision = Revision.objects.get()
        assert (revision.raw, revision.raw_type) == (html, "text/html")
        assert revision.sha256 == sha256(revision.text.encode()).hexdigest()

    def test_uses_a_source_again(self, desk, annotator, draft, now):
        articles.add(desk=desk, draft=draft, by=annotator, at=now)
        second = intake.Draft(text="Autre texte.", language="fr", source="Le Journal")

        articles.add(desk=desk, draft=second, by=annotator, at=now)

        assert Source.objects.count() == 1

    def test_takes_a_very_long_address(self, desk, annotator, now):
        url = "https://journal.example/" + "é" * 1_900

        articles.add(
            desk=desk,
            draft=intake.Draft(text=TEXT, language="fr", source_url=url),
            by=annotator,
            at=now,
        )

        assert Article.objects.get().source_url == url

    def test_refuses_who_is_not_of_the_desk(self, desk, outsider, draft, now):
        with pytest.raises(NotAllowed, match="takes the role of annotator"):
            articles.add(desk=desk, draft=draft, by=outsider, at=now)

        assert not Article.objects.exists()

    def test_writes_nothing_of_a_draft_that_cannot_be_used(self, desk, annotator, now):
        draft = intake.Draft(text="Un texte.", language="xx", source="Le Journal")

        with pytest.raises(BadInput):
            articles.add(desk=desk, draft=draft, by=annotator, at=now)

        assert not Source.objects.exists()
        assert not AuditEvent.objects.exists()


class TestAddAgain:
    def test_names_the_first_article_of_the_same_text(self, desk, annotator, draft, now):
        run = articles.add(desk=desk, draft=draft, by=annotator, at=now)

        with pytest.raises(articles.Duplicate, match="“Titre”") as caught:
            articles.add(desk=desk, draft=draft, by=annotator, at=now)

        assert caught.value.first == run.revision.article
        assert caught.value.code == "duplicate"
        assert ExtractionRun.objects.count() == 1

    def test_takes_the_text_from_another_address_and_for_another_desk(
        self, desk, annotator, draft, now
    ):
        articles.add(desk=desk, draft=draft, by=annotator, at=now)
        other = DeskFactory()
        elsewhere = intake.Draft(text=TEXT, language="fr", source_url="https://autre.example/")

        articles.add(desk=other, draft=draft, by=UserFactory(on=other), at=now)
        articles.add(desk=desk, draft=elsewhere, by=annotator, at=now)

        assert Article.objects.count() == 3

    @pytest.mark.django_db(transaction=True)
    def test_two_people_at_once_store_it_once(self, desk, annotator, reviewer, draft, now):
        outcomes = at_once(
            *[
                lambda by=by: articles.add(desk=desk, draft=draft, by=by, at=now)
                for by in (annotator, reviewer, annotator, reviewer)
            ]
        )

        article = Article.objects.get()
        refused = [one for one in outcomes if isinstance(one, articles.Duplicate)]
        assert [one.first for one in refused] == [article] * 3
        assert Revision.objects.count() == ExtractionRun.objects.count() == 1
        assert Source.objects.count() == AuditEvent.objects.count() == 1
