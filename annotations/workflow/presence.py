"""Who has an article open, and who works on it: kept in Redis for as long as they say so.

Neither holds anybody back. The lease tells colleagues that somebody is at it; whoever saves without
it gives a second opinion. While Redis is away nobody is seen, and everybody can go on.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from annotations.models import User
from annotations.workflow.messages import AWAY, redis

SEEN_FOR = timedelta(seconds=45)
LEASED_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Person:
    user: int
    name: str


def arrive(*, article_id: int, page: str, by: User, at: datetime) -> None:
    """Say that an open page is there; said again before `SEEN_FOR` is over, it stays."""
    until = (at + SEEN_FOR).timestamp()
    with suppress(*AWAY), redis().pipeline() as pipeline:
        pipeline.hset(_here(article_id), page, json.dumps([until, by.pk, by.name]))
        pipeline.expire(_here(article_id), SEEN_FOR)
        pipeline.execute()


def leave(*, article_id: int, page: str, by: User) -> None:
    """Say that a page is closed; the lease ends with its holder's last page."""
    with suppress(*AWAY):
        redis().hdel(_here(article_id), page)
        pages = [json.loads(one) for one in redis().hvals(_here(article_id))]
        if by.pk not in {user for _, user, _ in pages}:
            release(article_id=article_id, by=by)


def here(*, article_id: int, at: datetime) -> list[Person]:
    """Return who has the article open, each once, by name."""
    pages = []
    with suppress(*AWAY):
        pages = [json.loads(one) for one in redis().hvals(_here(article_id))]
    people = {Person(user, name) for until, user, name in pages if until > at.timestamp()}
    return sorted(people, key=lambda one: (one.name, one.user))


def work(*, article_id: int, by: User) -> bool:
    """Take the lease if it is free, or keep one's own; tell whether it changed hands."""
    me = json.dumps(asdict(Person(by.pk, by.name)))
    with suppress(*AWAY):
        if redis().set(_lease(article_id), me, nx=True, ex=LEASED_FOR):
            return True
        if _holds(article_id, by):
            redis().expire(_lease(article_id), LEASED_FOR)
    return False


def release(*, article_id: int, by: User) -> None:
    with suppress(*AWAY):
        if _holds(article_id, by):
            redis().delete(_lease(article_id))


def at_work(article_ids: Iterable[int]) -> dict[int, Person]:
    """Return who works on which of these articles, in one look."""
    ids = list(article_ids)
    if not ids:
        return {}
    leases: list[str | None] = []
    with suppress(*AWAY):
        leases = redis().mget([_lease(one) for one in ids])  # type: ignore[assignment]
    found = zip(ids, leases, strict=False)
    return {one: Person(**json.loads(lease)) for one, lease in found if lease}


def _holds(article_id: int, user: User) -> bool:
    holder = at_work([article_id]).get(article_id)
    return holder is not None and holder.user == user.pk


def _here(article_id: int) -> str:
    return f"factcheck:here:{article_id}"


def _lease(article_id: int) -> str:
    return f"factcheck:lease:{article_id}"
