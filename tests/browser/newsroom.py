"""A newsroom with something to see on every page and in every state."""

from types import SimpleNamespace

from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from annotations.models import Article, ExtractionRun, Membership, WebhookDelivery
from annotations.workflow import (
    api_keys,
    comments,
    intake,
    members,
    presence,
    revisions,
    saved_views,
    tagging,
)
from tests.factories import (
    AT,
    ArticleFactory,
    DeskFactory,
    ExportFactory,
    UserFactory,
    WebhookFactory,
    annotated,
    approved,
    checked_import,
    published,
    sent_back,
)

TABLE = "titre,texte,langue\nUn,Le budget atteint 3 millions.,fr\nVide,,fr\nFaux,Un texte.,xx\n"
GUIDELINES = "# Rule\nOne sentence.\n\n- a figure\n- a date"


def newsroom(desk):
    """Something to see on every page and in every state; returns it by name."""
    now = timezone.now()
    manager = UserFactory(on=desk, role="manager", display_name="Noa Model", is_superuser=True)
    editor = UserFactory(on=desk, display_name="Camille Example")
    checker = UserFactory(on=desk, role="reviewer", display_name="Sacha Model")
    people = SimpleNamespace(manager=manager, editor=editor, checker=checker)
    _describe(desk)
    article = _busy_article(desk, people, now)
    waiting, failed, bare = ArticleFactory.create_batch(3, desk=desk, extracted=False)
    ExtractionRun.objects.filter(pk=failed.current_run_id).update(state="failed", error="Broken.")
    ExtractionRun.objects.filter(pk=bare.current_run_id).update(state="succeeded")
    presence.work(article_id=failed.pk, by=editor)
    late = {"priority": 3, "assignee": editor, "due_at": AT}
    Article.objects.filter(pk=article.pk).update(**late)
    for state in ("queued", "failed"):
        ExportFactory(desk=desk, state=state, error="Full." if state == "failed" else "")
    view = saved_views.save(
        page="queue", name="Mine", query="state=open", desk=desk, by=manager, at=now
    )
    return SimpleNamespace(
        **vars(people),
        desk=desk.pk,
        slug=desk.slug,
        view=view.pk,
        article=article.pk,
        waiting=waiting.pk,
        failed=failed.pk,
        bare=bare.pk,
        blind=_blind_article(people).pk,
        newcomer=UserFactory(on=DeskFactory(name="Sport"), role="manager"),
        **_of_texts(desk, people, now),
        **_of_settings(desk, manager, now),
        **_of_imports(desk, manager),
        published=article.verdicts.get(state="published").pk,
    )


def _describe(desk):
    desk.guidelines, desk.publishes_publicly = GUIDELINES, True
    desk.methodology = "Two people look."
    desk.save()


def _busy_article(desk, people, now):
    article = ArticleFactory(desk=desk, sentences=12, source_name="La Gazette", created_at=now)
    article.current_run.revision.runs.update(queued_at=now, started_at=now, finished_at=now)
    sentences = list(article.sentences.order_by("start"))
    both = {"annotator": people.editor, "reviewer": people.checker, "at": now}
    proof = [tagging.Item("https://journal.example/rapport", quote="Trois millions")]
    published(sentences[0], rationale="Seen.", evidence=proof, **both)
    approved(sentences[1], **both)
    annotated(sentences[2], by=people.editor, label="unverified", at=now)
    annotated(sentences[3], by=people.editor, label="dismissed", at=now)
    annotated(sentences[4], by=people.editor, at=now)
    annotated(sentences[4], by=people.checker, label="disputed", at=now)
    for sentence in (*sentences[6:8], sentences[9], sentences[11]):
        annotated(sentence, by=people.editor, at=now)
        annotated(sentence, by=people.checker, at=now)
    annotated(sentences[5], by=people.manager, at=now)
    sent_back(sentences[5], by=people.checker, at=now)
    return article


def _blind_article(people):
    """On a desk where one does not see a colleague's label before one has given one's own."""
    desk = DeskFactory(name="Science", is_blind=True, annotators_needed=2)
    for person in (people.manager, people.editor):
        Membership.objects.create(desk=desk, user=person, role="annotator")
    article = ArticleFactory(desk=desk)
    annotated(article.sentences.first(), by=people.editor)
    return article


def _of_texts(desk, people, now):
    """An article with a second text, in which one sentence says something else and two are gone."""
    article = ArticleFactory(desk=desk, sentences=6)
    sentences = list(article.sentences.order_by("start"))
    published(sentences[0], annotator=people.editor, reviewer=people.checker, at=now)
    for one in sentences[1:4]:
        annotated(one, by=people.manager, rationale="Seen.", at=now)
    comments.add(sentence=sentences[3], text="Which year?", by=people.editor, at=now)
    words = [one.exact for one in sentences]
    words[0], words[1] = (one.replace("millions", "milliards") for one in words[:2])
    draft = intake.Draft(text="\n\n".join((*words[:3], "Une phrase de plus.", *words[4:])))
    seen = {"by": people.editor, "at": now, "based_on": article.version}
    revisions.revise(article=article, draft=draft, **seen)
    return {"revised": article.pk, "older": 1, "newer": 2}


def _of_settings(desk, manager, now):
    issued = api_keys.issue(desk=desk, name="Old", scopes=["read:all"], by=manager, at=now)
    api_keys.revoke(key=issued.key, by=manager, at=now)
    api_keys.issue(desk=desk, name="Site", scopes=["read:published"], by=manager, at=now)
    invited = members.invite(
        desk=desk, newcomer=members.Newcomer("zoe"), role="annotator", by=manager, at=now
    )
    stopped = WebhookFactory(
        desk=desk, created_by=manager, state="paused", paused_because="failing", failures=4
    )
    for state in ("delivered", "pending", "failed"):
        WebhookDelivery.objects.create(
            endpoint=stopped,
            event="article.finished",
            subject=f"article:{state}",
            data={"id": 1},
            occurred_at=now,
            next_attempt_at=now,
            state=state,
            attempts=3,
            status=500,
            answer="<p>Internal error</p>",
        )
    user = invited.membership.user
    return {
        "webhook": stopped.pk,
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
        "old_token": "abc-def",
    }


def _of_imports(desk, manager):
    checked = checked_import(desk, manager, content=TABLE.encode())
    return {"import_": checked.pk}
