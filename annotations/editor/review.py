"""Review: what waits for a second person, article by article."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.editor.offers import Offers
from annotations.editor.opinions import Given, given_on
from annotations.editor.paging import ANY_KEY
from annotations.editor.reading import marks
from annotations.editor.requests import EditorRequest, refuse, signed_in, whole_number
from annotations.models import Article, User, Verdict
from annotations.models.articles import ArticleQuerySet
from annotations.models.statements import Reading, ReadingOfDesks, Slot
from annotations.models.verdicts import VerdictQuerySet, approved_in, with_approved
from annotations.workflow import approvals, publishing, verdicts
from annotations.workflow.errors import WorkflowError

PAGE_SIZE = 20
MANY = 200
GROUP = "annotations/_review_group.html"
MOVED = "annotations/_verdict_moved.html"
_COLUMNS = (
    *(
        "desk",
        "article",
        "state",
        "label",
        "was",
        "comment",
        "version",
        "annotators",
        "has_evidence",
    ),
    *("sentence__exact", "sentence__start", "approved_by__username", "approved_by__display_name"),
    *("approved_by__first_name", "approved_by__last_name"),
)


@dataclass(frozen=True)
class Card:
    """A verdict with the annotations it stands on, and what is offered to one reviewer."""

    verdict: Verdict
    given: tuple[Given, ...]
    offers: Offers

    @classmethod
    def of(cls, verdict: Verdict, request: EditorRequest, given: tuple[Given, ...]) -> "Card":
        authors = {one.author_id for one in given}
        return cls(verdict, given, Offers.of(verdict, request, authors=authors))

    @cached_property
    def labels(self) -> set[str]:
        return {one.label for one in self.given}


@dataclass(frozen=True)
class Group:
    """An article's verdicts that wait for a reviewer or for publication, in reading order.

    `approved` counts what the reader may publish: all of the article, also on other pages.
    """

    article: Article
    cards: list[Card]
    approved: int

    @classmethod
    def of(cls, article: Article, request: EditorRequest, cards: Sequence[Card] = ()) -> "Group":
        may_publish = article.desk_id in request.standing.reviewed_ids
        return cls(article, list(cards), approved_in(article) if may_publish else 0)

    @property
    def key(self) -> str:
        return str(self.article.pk)

    @property
    def approvable(self) -> int:
        return sum(one.offers.approves for one in self.cards)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of verdicts begins: below an article, or within it after a sentence."""

    before: int = 0
    after: int = 0

    @classmethod
    def asked(cls, request: EditorRequest) -> "Place":
        named = (whole_number(request.GET.get(name)) for name in ("before", "after"))
        return cls(*named)


@signed_in
@require_safe
def review(request: EditorRequest) -> HttpResponse:
    """Show what is to be reviewed or published, newest article first, in reading order."""
    place = Place.asked(request)
    articles = _articles(request, place)
    shown = _waiting(articles, place)
    groups = list(_groups(request, articles, shown[:PAGE_SIZE]))
    following = _following(shown, articles)
    context = {"groups": groups, "following": following, "place": place}
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
    pairs = (pair.partition(":") for pair in request.POST.getlist("verdict")[:MANY])
    seen = {whole_number(key): whole_number(version) for key, _, version in pairs}

    def act(article: Article) -> dict[str, Any]:
        approved, refused = verdicts.approve_all(
            article=article, seen=seen, by=request.user, at=timezone.now()
        )
        return {"approved": len(approved), "refused": refused}

    return _act_on_all(request, pk, act)


@signed_in
@require_POST
def take_back(request: EditorRequest, pk: int) -> HttpResponse:
    """Take back what one approved last in an article."""

    def act(article: Article) -> dict[str, Any]:
        done = approvals.take_back(article=article, by=request.user, at=timezone.now())
        return {"taken_back": len(done)}

    return _act_on_all(request, pk, act)


@signed_in
@require_POST
def publish(request: EditorRequest, pk: int) -> HttpResponse:
    """Publish all that is approved of one article."""
    expected = whole_number(request.POST.get("number")) or None

    def act(article: Article) -> dict[str, Any]:
        done = publishing.publish(
            article=article, by=request.user, at=timezone.now(), expected=expected
        )
        return {"published": len(done)}

    return _act_on_all(request, pk, act)


def _act_on_all(
    request: EditorRequest, pk: int, act: Callable[[Article], dict[str, Any]]
) -> HttpResponse:
    """Take one step with many verdicts of an article and show its group again."""
    article = get_object_or_404(_listed().filter(desk__memberships__user=request.user), pk=pk)
    try:
        told = act(article)
    except WorkflowError as refusal:
        return refuse(request, GROUP, _group_context(request, article), refusal)
    return render(request, GROUP, _group_context(request, article) | told)


def _act(
    request: EditorRequest, pk: int, action: Callable[..., Verdict], **said: Any
) -> HttpResponse:
    """Take one step with a verdict and show it again, with the reason where it was refused."""
    verdict = get_object_or_404(_visible(request.user), pk=pk)
    based_on = whole_number(request.POST.get("version"))
    context: dict[str, Any] = {"marks": marks()}
    try:
        action(verdict=verdict, by=request.user, at=timezone.now(), based_on=based_on, **said)
    except WorkflowError as refusal:
        context |= {"card": _card(verdict, request), "said": said}
        return refuse(request, MOVED, context, refusal)
    moved = _card(_visible(request.user).get(pk=pk), request)
    group = Group.of(_listed().get(pk=verdict.article_id), request)
    return render(request, MOVED, context | {"card": moved, "group": group})


def _card(verdict: Verdict, request: EditorRequest) -> Card:
    return Card.of(verdict, request, given_on([verdict.sentence_id])[verdict.sentence_id])


def _visible(user: User) -> VerdictQuerySet:
    return Verdict.objects.visible_to(user).for_review().with_neighbours()


def _listed() -> ArticleQuerySet:
    return with_approved(Article.objects.select_related("desk", "source"))


def _articles(request: EditorRequest, place: Place) -> dict[int, Article]:
    """Read as many articles with something waiting as a page of verdicts can be of."""
    until = place.before if place.after else place.before - 1
    below = until if place.before else ANY_KEY
    found = _top(PAGE_SIZE).all(desks=request.standing.reviewed_ids, below=below)
    desks = {one.pk: one for one in request.standing.desks}
    for one in found:
        one.desk = desks[one.desk_id]
    return {one.pk: one for one in found}


@lru_cache
def _top(number: int) -> ReadingOfDesks[Article]:
    def build(desks: dict[str, Slot]) -> ArticleQuerySet:
        waiting = Verdict.objects.to_act_on().filter(**desks).values("article")
        found = Article.objects.filter(pk__in=waiting, pk__lte=Slot("below"), **desks)
        shown = found.select_related("source").only("desk", "title", "language", "source__name")
        return with_approved(shown).order_by("-pk")[:number]

    return ReadingOfDesks(build)


def _waiting(articles: Iterable[int], place: Place) -> list[Verdict]:
    """Read a page of verdicts, and one more where more follow."""
    keys = {"articles": list(articles), "article": place.before, "start": place.after - 1}
    return _verdicts(PAGE_SIZE + 1).all(**keys)


@lru_cache
def _verdicts(number: int) -> Reading[Verdict]:
    seen = {"article": Slot("article"), "sentence__start__lte": Slot("start")}
    return Reading(
        lambda: (
            Verdict.objects.to_act_on()
            .filter(article__among=Slot("articles"))
            .exclude(**seen)
            .select_related("sentence", "approved_by")
            .only(*_COLUMNS)
            .with_neighbours()
            .order_by("-article_id", "sentence__start")[:number]
        )
    )


def _following(shown: list[Verdict], articles: dict[int, Article]) -> str:
    """Say where the next page begins; empty on the last."""
    if len(shown) > PAGE_SIZE:
        last, next_ = shown[PAGE_SIZE - 1 :]
        if last.article_id == next_.article_id:
            return f"before={last.article_id}&after={last.sentence.start + 1}"
        return f"before={last.article_id}"
    return f"before={min(articles)}" if len(articles) == PAGE_SIZE else ""


def _groups(
    request: EditorRequest, articles: dict[int, Article], shown: list[Verdict]
) -> Iterator[Group]:
    cards: dict[int, list[Card]] = defaultdict(list)
    given = given_on([one.sentence_id for one in shown])
    for verdict in shown:
        verdict.article = articles[verdict.article_id]
        verdict.desk = verdict.article.desk
        cards[verdict.article_id].append(Card.of(verdict, request, given[verdict.sentence_id]))
    for pk, own in cards.items():
        yield Group.of(articles[pk], request, own)


def _group_context(request: EditorRequest, article: Article) -> dict[str, Any]:
    """Read an article's group anew, as far as a page shows it."""
    counted = _listed().get(pk=article.pk)
    articles = {article.pk: counted}
    shown = _waiting(articles, Place())[:PAGE_SIZE]
    groups = list(_groups(request, articles, shown))
    group = groups[0] if groups else Group.of(counted, request)
    return {"group": group, "marks": marks()}
