"""Rows for tests: each factory makes the smallest true thing; traits say more."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from annotations import models
from annotations.workflow import imports, publishing, tagging, verdicts
from annotations.workflow.import_files import File
from annotations.workflow.progress import recount

AT = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)
PASSWORD = "correct-horse-battery"  # noqa: S105


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence("person{}".format)
    display_name = factory.Sequence("Person {}".format)
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model_class, *args, on=None, role="annotator", **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if on is not None:
            models.Membership.objects.create(desk=on, user=user, role=role)
        return user


class DeskFactory(DjangoModelFactory):
    class Meta:
        model = models.Desk

    slug = factory.Sequence("desk-{}".format)
    name = factory.Sequence("Desk {}".format)
    rating_scale = [
        {"value": 1, "fr": "Faux", "en": "False"},
        {"value": 2, "fr": "Plutôt faux", "en": "Mostly false"},
        {"value": 3, "fr": "Vrai", "en": "True"},
    ]


class ArticleFactory(DjangoModelFactory):
    """An article with `sentences` of its own, extracted; the odd ones are candidates."""

    class Meta:
        model = models.Article

    class Params:
        text = factory.Sequence(lambda n: f"Le budget {n} atteint 3 millions. Rien de plus. Fin.")

    desk = factory.SubFactory(DeskFactory)
    title = factory.Sequence("Article {}".format)
    language = "fr"
    source_url = factory.Sequence("https://journal.example/{}".format)
    text_sha256 = factory.LazyAttribute(lambda o: sha256(o.text.encode()).hexdigest())
    created_at = AT

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        sentences = kwargs.pop("sentences", 3)
        source = kwargs.pop("source_name", None)
        extracted = kwargs.pop("extracted", True)
        article = super()._create(model_class, *args, **kwargs)
        if source:
            article.source = models.Source.objects.create(desk=article.desk, name=source)
        _give_text(article, sentences if extracted else 0)
        article.save()
        recount(article)
        article.refresh_from_db(fields=["open_candidates"])
        return article


def _give_text(article, sentences):
    parts = [f"Phrase {n} : le total est de {n + 1} millions d’euros. 🙂" for n in range(sentences)]
    text = " ".join(parts) or "Un texte pas encore lu."
    revision = models.Revision.objects.create(
        article=article, text=text, sha256=sha256(text.encode()).hexdigest(), created_at=AT
    )
    article.current_revision = revision
    article.current_run = models.ExtractionRun.objects.create(
        revision=revision,
        state="succeeded" if sentences else "queued",
        queued_at=AT,
        dispatched_at=AT,
        sentences_done=sentences,
        sentences_total=sentences,
    )
    start = 0
    for index, part in enumerate(parts):
        sentence = models.Sentence.objects.create(
            article=article,
            revision=revision,
            index=index,
            start=start,
            end=start + len(part),
            exact=part,
        )
        CandidateFactory(sentence=sentence, is_candidate=index % 2 == 0)
        start += len(part) + 1


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = models.Candidate

    desk = factory.LazyAttribute(lambda o: o.sentence.article.desk)
    is_candidate = True
    check_worthiness = factory.Sequence(lambda n: 0.5 + (n % 50) / 100)
    kind = "numeric"
    claimant = {"text": "le ministère", "name": "Ministère", "start": 0, "end": 5, "via": None}
    claimant_name = "Ministère"
    signals = [{"id": "figure", "text": "Contains a figure", "start": 0, "end": 5}]
    engine = "test-1"


class ExportFactory(DjangoModelFactory):
    """An export that waits for a worker."""

    class Meta:
        model = models.Export

    desk = factory.SubFactory(DeskFactory)
    created_by = factory.LazyAttribute(lambda o: UserFactory(on=o.desk, role="manager"))
    format = "jsonl"
    base = "https://factcheck.example"
    queued_at = dispatched_at = AT


class WebhookFactory(DjangoModelFactory):
    """An endpoint that wants all news of its desk."""

    class Meta:
        model = models.WebhookEndpoint

    desk = factory.SubFactory(DeskFactory)
    url = "https://cms.example/news"
    events = models.WebhookEvent.values
    salt = factory.Sequence("{:032x}".format)
    created_at = AT
    created_by = factory.LazyAttribute(lambda o: UserFactory(on=o.desk, role="manager"))


def annotated(sentence, *, by, label="verified", at=AT, **opinion):
    """Annotate as a person would; returns the annotation."""
    opinion = tagging.Opinion(label=label, **opinion)
    return tagging.annotate(sentence=sentence, opinion=opinion, by=by, at=at, based_on=0)


def sent_back(sentence, *, by, comment="Which year?", at=AT):
    """Return what stands on a sentence to who labelled it, as a reviewer would."""
    found = models.Verdict.objects.get(sentence=sentence)
    said = {"comment": comment, "based_on": found.version}
    return verdicts.send_back(verdict=found, by=by, at=at, **said)


def approved(sentence, *, annotator, reviewer, at=AT, **opinion):
    """Annotate and approve; returns the verdict."""
    annotated(sentence, by=annotator, at=at, **opinion)
    verdict = models.Verdict.objects.get(sentence=sentence)
    return verdicts.approve(verdict=verdict, by=reviewer, at=at, based_on=verdict.version)


def published(sentence, *, annotator, reviewer, at=AT, **opinion):
    """Annotate, approve and publish; returns the publication."""
    approved(sentence, annotator=annotator, reviewer=reviewer, at=at, **opinion)
    return publishing.publish(article=sentence.article, by=reviewer, at=at)[-1]


def checked_import(desk, by, *, at=AT, content=b"texte,langue\nUne phrase.,fr"):
    """Send a file for a dry run and have it checked; returns the import."""
    file, wish = File("articles.csv", [content]), imports.Wish(is_dry_run=True)
    work = imports.request(desk=desk, file=file, wish=wish, by=by, at=at)
    imports.carry_out(import_id=work.pk, token=uuid4(), clock=lambda: at, send=print)
    work.refresh_from_db()
    return work
