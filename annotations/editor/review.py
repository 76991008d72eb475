"""Review: what waits for a second person, article by article."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from annotations.editor.paging import newest
from annotations.editor.reading import marks
from annotations.editor.requests import EditorRequest, refuse, signed_in, whole_number
from annotations.models import Annotation, Article, Desk, User, Verdict
from annotations.models.verdicts import VerdictQuerySet
from annotations.workflow import publishing, verdicts
from annotations.workflow.errors import WorkflowError

PAGE_SIZE = 8
MANY = 200
GROUP = "annotations/_review_group.html"
CARD = "annotations/_verdict.html"
MOVED = "annotations/_verdict_moved.html"


@dataclass(frozen=True, slots=True)
class Card:
    """A verdict with the annotations it stands on."""

    verdict: Verdict

    @property
    def given(self) -> list[Annotation]:
        return [one for one in self.verdict.sentence.annotations.all() if one.label]


@dataclass(frozen=True, slots=True)
class Group:
    """An article's verdicts that wait for a reviewer or for publication, in reading order."""

    article: Article
    cards: list[Card]
    reader: User

    @property
    def approvable(self) -> list[Verdict]:
        """Return what the reader may approve as it stands, by the desk's rules."""
        return [
            one.verdict
            for one in self.cards
            if verdicts.may_approve(
                one.verdict, by=self.reader, authors={said.author_id for said in one.given}
            )
        ]

    @property
    def approved(self) -> int:
        return sum(one.verdict.state == Verdict.State.APPROVED for one in self.cards)


@signed_in
@require_GET
def review(request: EditorRequest) -> HttpResponse:
    """Show the articles with something to review or to publish, newest first."""
    desks = Desk.objects.reviewed_by(request.user).ids()
    waiting = Verdict.objects.to_act_on().filter(desk__in=desks)
    page = newest(
        Article.objects.filter(desk__in=desks, pk__in=waiting.values("article")).for_list(),
        before=whole_number(request.GET.get("before")),
        size=PAGE_SIZE,
    )
    context = {"groups": _groups(page.rows, request.user), "older": page.older, "marks": marks()}
    return render(request, "annotations/review.html", context)


@signed_in
@require_POST
def approve(request: EditorRequest, pk: int) -> HttpResponse:
    rating = whole_number(request.POST.get("rating")) or None
    return _act(request, pk, verdicts.approve, rating=rating)


@signed_in
@require_POST
def send_back(request: EditorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, verdicts.send_back, comment=request.POST.get("comment", ""))


@signed_in
@require_POST
def adjudicate(request: EditorRequest, pk: int) -> HttpResponse:
    decision = verdicts.Decision(
        label=request.POST.get("label", ""),
        rationale=request.POST.get("rationale", ""),
        rating=whole_number(request.POST.get("rating")) or None,
    )
    return _act(request, pk, verdicts.adjudicate, decision=decision)


@signed_in
@require_POST
def approve_all(request: EditorRequest, pk: int) -> HttpResponse:
    """Approve what was seen of one article, each for itself; what is refused is said."""
    article = get_object_or_404(Article.objects.visible_to(request.user).for_list(), pk=pk)
    pairs = [one.partition(":") for one in request.POST.getlist("verdict")[:MANY]]
    seen = {whole_number(pk): whole_number(version) for pk, _colon, version in pairs}
    context: dict[str, Any] = {"marks": marks()}
    try:
        approved, refused = verdicts.approve_all(
            article=article, seen=seen, by=request.user, at=timezone.now()
        )
    except WorkflowError as refusal:
        context["group"] = _groups([article], request.user)[0]
        return refuse(request, GROUP, context, refusal)
    context |= {"approved": len(approved), "refused": refused}
    context["group"] = _groups([article], request.user)[0]
    return render(request, GROUP, context)


@signed_in
@require_POST
def publish(request: EditorRequest, pk: int) -> HttpResponse:
    """Publish all that is approved of one article."""
    article = get_object_or_404(Article.objects.visible_to(request.user).for_list(), pk=pk)
    try:
        published = publishing.publish(
            article=article,
            by=request.user,
            at=timezone.now(),
            expected=whole_number(request.POST.get("number")) or None,
        )
    except WorkflowError as refusal:
        context = {"group": _groups([article], request.user)[0], "marks": marks()}
        return refuse(request, GROUP, context, refusal)
    context = {
        "group": _groups([article], request.user)[0],
        "marks": marks(),
        "published": len(published),
    }
    return render(request, GROUP, context)


def _act(
    request: EditorRequest, pk: int, action: Callable[..., Verdict], **said: Any
) -> HttpResponse:
    """Take one step with a verdict and show it again, with the reason where it was refused."""
    verdict = get_object_or_404(_visible(request.user), pk=pk)
    based_on = whole_number(request.POST.get("version"))
    try:
        action(verdict=verdict, by=request.user, at=timezone.now(), based_on=based_on, **said)
    except WorkflowError as refusal:
        context = {"card": Card(verdict), "marks": marks(), "said": said}
        return refuse(request, CARD, context, refusal)
    group = _groups([verdict.article], request.user)[0]
    moved = Card(_visible(request.user).get(pk=pk))
    return render(request, MOVED, {"card": moved, "group": group, "marks": marks()})


def _visible(user: User) -> VerdictQuerySet:
    return Verdict.objects.visible_to(user).for_review().with_neighbours()


def _groups(articles: list[Article], reader: User) -> list[Group]:
    """Gather the verdicts of all these articles in a number of queries that does not grow."""
    cards: dict[int, list[Card]] = defaultdict(list)
    shown = Verdict.objects.to_act_on().filter(article__in=articles)
    shown = shown.for_review().with_neighbours().order_by("article_id", "sentence__start")
    for verdict in shown:
        cards[verdict.article_id].append(Card(verdict))
    return [Group(one, cards[one.pk], reader) for one in articles]
