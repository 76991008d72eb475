"""The demo newsroom: readable files in, a desk in the middle of its work out. Safe to repeat."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from annotations.models import (
    Article,
    AuditEvent,
    Desk,
    ExtractionRun,
    Membership,
    Sentence,
    User,
    Verdict,
)
from annotations.workflow import (
    articles,
    assigning,
    comments,
    intake,
    publishing,
    tagging,
    verdicts,
)

PASSWORD = "factcheck-demo"  # noqa: S105  # published in the README on purpose


class BadSeed(ValueError):
    """A seed file says something that cannot be done."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One article's file: what its header says, and its content."""

    slug: str
    header: dict[str, str]
    content: str
    is_page: bool


@transaction.atomic
def load_people(folder: Path) -> None:
    """Make the desks, the users and who belongs where."""
    for row in _rows(folder / "desks.yaml"):
        Desk.objects.get_or_create(slug=row["slug"], defaults=row)
    for row in _rows(folder / "users.yaml"):
        places = row.pop("desks")
        user, created = User.objects.get_or_create(username=row["username"], defaults=row)
        if created:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        for slug, role in places.items():
            desk = Desk.objects.get(slug=slug)
            Membership.objects.get_or_create(desk=desk, user=user, defaults={"role": role})


def load_articles(folder: Path, *, at: datetime) -> list[ExtractionRun]:
    """Add the articles that are not there yet; hand each run to `tasks.send`."""
    runs = []
    for seed in _seeds(folder):
        draft = intake.settle(_draft(seed))
        desk = Desk.objects.get(slug=seed.header["desk"])
        member = desk.memberships.select_related("user").earliest("pk")
        added_at = _arrival(seed, draft.published_at, at)
        try:
            run = articles.add(desk=desk, draft=draft, by=member.user, at=added_at)
        except articles.Duplicate:
            continue
        ExtractionRun.objects.filter(pk=run.pk).update(queued_at=at, dispatched_at=at)
        runs.append(run)
    return runs


def play_work(folder: Path, *, at: datetime) -> int:
    """Do the steps of work.yaml that were not done yet; say how many."""
    addresses = {seed.slug: seed.header["source_url"] for seed in _seeds(folder)}
    found = Article.objects.select_related("desk", "source").filter(
        source_url__in=addresses.values()
    )
    by_address = {one.source_url: one for one in found}
    done = 0
    for step in _rows(folder / "work.yaml"):
        article = by_address[addresses[step["article"]]]
        if not _is_done(step, article):
            when = {"at": _before(at, step["hours_ago"])} if "hours_ago" in step else {}
            _play(step | when, article, User.objects.get(username=step["by"]))
            done += 1
    return done


def _rows(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return rows


def _seeds(folder: Path) -> Iterator[Seed]:
    for file in sorted((folder / "articles").iterdir()):
        text = file.read_bytes().decode("utf-8")
        is_page = file.suffix == ".html"
        end = "-->" if is_page else "---"
        lines = text.removeprefix("<!--\n").splitlines(keepends=True)
        size = next((n for n, line in enumerate(lines) if line.strip() == end), None)
        if size is None:
            raise BadSeed(f"{file.name} has no line {end} after its header.")
        header = dict(line.strip().split(": ", 1) for line in lines[:size] if line.strip())
        yield Seed(file.stem, header, "".join(lines[size + 1 :]), is_page)


def _draft(seed: Seed) -> intake.Draft:
    names = ("title", "language", "byline", "source", "source_url")
    given: dict[str, Any] = {name: seed.header[name] for name in names if name in seed.header}
    given["html" if seed.is_page else "text"] = seed.content
    draft = intake.Draft(**given)
    if "published_at" in seed.header:
        draft = replace(draft, published_at=datetime.fromisoformat(seed.header["published_at"]))
    return draft


def _arrival(seed: Seed, published_at: datetime | None, at: datetime) -> datetime:
    """An hour after it was published, or where the header says so, some hours ago."""
    if "hours_ago" in seed.header:
        return _before(at, float(seed.header["hours_ago"]))
    return (published_at or at) + timedelta(hours=1)


def _before(at: datetime, hours: float) -> datetime:
    return at - timedelta(hours=hours)


def _is_done(step: dict[str, Any], article: Article) -> bool:
    """Look for its trace: by its time, or where that moves along, by what was done to what."""
    done = AuditEvent.objects.filter(article=article.pk, actor__username=step["by"])
    if "at" in step:
        return done.filter(at=step["at"]).exclude(action="article.added").exists()
    done = done.filter(action=_TRACES[step["do"]])
    if "sentence" in step:
        done = done.filter(sentence__exact__startswith=step["sentence"].strip())
    return done.exists()


def _play(step: dict[str, Any], article: Article, by: User) -> None:
    do: dict[str, Any] = {"by": by, "at": step["at"]}
    if step["do"] in _OF_ARTICLE:
        _OF_ARTICLE[step["do"]](step, {"article": article, **do})
        return
    sentence = _sentence(article, step["sentence"])
    if step["do"] in _OF_SENTENCE:
        _OF_SENTENCE[step["do"]](step, {"sentence": sentence, **do})
        return
    verdict = Verdict.objects.get(sentence=sentence)
    common = {"verdict": verdict, "based_on": verdict.version, **do}
    _REVIEWS[step["do"]](step, common)


@transaction.atomic
def _plan(step: dict[str, Any], common: dict[str, Any]) -> None:
    """Say how urgent an article is, until when, and who sees to it."""
    due = step.get("due_in_hours")
    due_at = common["at"] + timedelta(hours=due) if due else None
    assigning.prioritise(priority=step["priority"], due_at=due_at, **common)
    if "assignee" in step:
        assigning.assign(to=step["assignee"], **common)


def _sentence(article: Article, words: str) -> Sentence:
    found = Sentence.objects.filter(
        revision=article.current_revision_id, exact__startswith=words.strip()
    )
    if len(found) != 1:
        raise BadSeed(f"{len(found)} sentences of “{article.title}” begin with {words!r}.")
    return found[0]


def _opinion(step: dict[str, Any]) -> tagging.Opinion:
    return tagging.Opinion(
        label=step["label"],
        rationale=step.get("rationale", "").strip(),
        evidence=_items(step),
    )


def _items(step: dict[str, Any]) -> tuple[tagging.Item, ...]:
    return tuple(tagging.Item(**row) for row in step.get("evidence", ()))


def _correction(step: dict[str, Any]) -> publishing.Correction:
    return publishing.Correction(
        label=step["label"],
        note=step["note"].strip(),
        rationale=step.get("rationale"),
        evidence=_items(step) or None,
        rating=step.get("rating"),
    )


_TRACES = {
    "plan": "article.assigned",
    "annotate": "annotation.put",
    "comment": "comment.added",
    "approve": "verdict.approve",
    "return": "verdict.return",
    "publish": "verdict.published",
}
_OF_ARTICLE: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "plan": _plan,
    "publish": lambda _step, common: publishing.publish(**common),
}
_OF_SENTENCE: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "annotate": lambda step, common: tagging.annotate(opinion=_opinion(step), based_on=0, **common),
    "comment": lambda step, common: comments.add(text=step["text"], **common),
}
_REVIEWS: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "approve": lambda step, common: verdicts.approve(rating=step.get("rating"), **common),
    "return": lambda step, common: verdicts.send_back(comment=step["comment"].strip(), **common),
    "correct": lambda step, common: publishing.correct(correction=_correction(step), **common),
    "retract": lambda step, common: publishing.retract(note=step["note"].strip(), **common),
}
