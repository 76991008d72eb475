"""A synthetic newsroom of any size, made by the database itself (see newsroom.sql)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from psycopg import ClientCursor
from redis import Redis

from annotations.models import ApiKey, Desk, Membership, User
from annotations.workflow import api_keys

PER_ARTICLE = 30
USERS = 40
BIG = ("article", "sentence", "candidate", "revision", "extractionrun", "annotation", "evidence")
BIG_TABLES = tuple(
    f"annotations_{name}"
    for name in (*BIG, "verdict", "publication", "auditevent", "source", "searchentry")
)
SQL = (Path(__file__).parent / "newsroom.sql").read_text(encoding="utf-8")
MADE_AT = datetime(2025, 3, 12, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """How large it is, and how far its desks are. `fresh`: extracted, and nobody has begun."""

    sentences: int
    desks: int = 20
    candidates: float = 0.35
    worked: float = 0.85
    fresh: bool = False
    all_published: bool = False

    @property
    def articles(self) -> int:
        return self.sentences // PER_ARTICLE


def fresh(sentences: int, *, desks: int = 1) -> Newsroom:
    return Newsroom(sentences, desks=desks, worked=0.0, fresh=True)


def published(publications: int) -> Newsroom:
    """Every sentence is published, all on one desk; at least so many, in whole articles."""
    sentences = -(-publications // PER_ARTICLE) * PER_ARTICLE
    return Newsroom(sentences, desks=1, candidates=1.1, worked=1.1, all_published=True)


def build(newsroom: Newsroom) -> None:
    """Empty the database and fill it. User 1 manages the first three desks, user 2 the last.

    Messages that wait for a worker are dropped too: they speak of articles that are gone.
    """
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.flushdb()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no look-ups
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")  # for the indexes
        cursor.execute("TRUNCATE annotations_user, annotations_desk CASCADE")
        _make_people(newsroom.desks)
        with _without_indexes():
            cursor.execute(_phrases_sql())
            cursor.execute(ClientCursor(connection.connection).mogrify(SQL, _numbers(newsroom)))
        for table in BIG_TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"greatest(1, (SELECT max(id) FROM {table})))"
            )
        cursor.execute("DROP TABLE phrases, work; DROP FUNCTION pg_temp.article_at, pg_temp.chance")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def rest() -> None:
    """Have written what was filled, or the disk is still at it while reading is measured."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    os.sync()


def client(user_id: int) -> Client:
    """Return a test client that is logged in."""
    found = Client()
    user = User.objects.get(pk=user_id)
    found.force_login(user, backend="annotations.editor.recognising.Passwords")
    return found


def session_cookie(user_id: int) -> str:
    """Log somebody in; return the cookie that says so."""
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client(user_id).cookies[name].value}"


def key_text(user_id: int) -> str:
    """Issue a key with every scope for the first desk of a manager."""
    manages = Membership.objects.select_related("desk", "user").filter(user=user_id, role="manager")
    first = manages.earliest("pk")
    issued = api_keys.issue(
        desk=first.desk,
        name="bench",
        scopes=list(ApiKey.Scope.values),
        by=first.user,
        at=MADE_AT,
    )
    return issued.text


def _make_people(desks: int) -> None:
    Desk.objects.bulk_create(
        Desk(pk=n, slug=f"desk-{n}", name=f"Desk {n}", guidelines="Check what counts. " * 200)
        for n in range(1, desks + 1)
    )
    User.objects.bulk_create(
        User(pk=n, username=f"person-{n}", display_name=f"Person {n}", date_joined=MADE_AT)
        for n in range(1, USERS + 1)
    )
    places = {(min(desk, desks), user) for desk, user in product((1, 2, 3), range(1, USERS + 1))}
    places = {place for place in places if place[1] != 2} | {(desks, 2)}
    Membership.objects.bulk_create(
        Membership(desk_id=desk, user_id=user, role="manager") for desk, user in sorted(places)
    )


def _numbers(newsroom: Newsroom) -> dict[str, object]:
    return {
        "articles": newsroom.articles,
        "per_article": PER_ARTICLE,
        "desks": newsroom.desks,
        "users": USERS,
        "phrases": len(list(phrases("fr"))),
        "candidates": newsroom.candidates,
        "worked": newsroom.worked,
        "fresh": newsroom.fresh,
        "all_published": newsroom.all_published,
    }


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Drop the indexes of the big tables and make them again: three times faster to fill."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS "
            "(SELECT 1 FROM pg_constraint WHERE conname = indexname)",
            [list(BIG_TABLES)],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, definition in found:
            cursor.execute(definition)


def _phrases_sql() -> str:
    rows = [
        f"({n}, {is_french}, '{words.replace(chr(39), chr(39) * 2)}')"
        for language, is_french in (("fr", "true"), ("en", "false"))
        for n, words in enumerate(phrases(language))
    ]
    table = "CREATE TEMP TABLE phrases (number int, is_french bool, words text)"
    return f"{table}; INSERT INTO phrases VALUES {', '.join(rows)}"  # noqa: S608


def phrases(language: str) -> Iterator[str]:
    """Make sentences of 12 to 35 words; `#` becomes a number."""
    for parts in product(*_PARTS[language]):
        yield " ".join(parts)


_PARTS = {
    "fr": (
        ("Selon le ministère, l’usine", "D’après l’élu, « la région »", "Le port de Valmorin"),
        ("a reçu # tonnes de blé", "a perdu # emplois", "coûtera # millions d’euros"),
        ("depuis le début de l’année,", "en mars, après deux reports,", "d’ici à l’été prochain,"),
        (
            "ce que les syndicats contestent.",
            "soit près du double de la moyenne observée dans les quatre départements voisins "
            "au cours des dix dernières années, d’après le même rapport.",
            "et le conseil votera lundi.",
        ),
    ),
    "en": (
        ("According to the ministry, the plant", "The mayor said the harbour", "The night train"),
        ("received # tonnes of grain", "lost # jobs", "will cost # million euros"),
        ("since the start of the year,", "in March, after two delays,", "by next summer,"),
        (
            "which the unions dispute.",
            "nearly twice the average that the four neighbouring counties reported over the "
            "past ten years, as the same report puts it.",
            "and the council votes on Monday.",
        ),
    ),
}
