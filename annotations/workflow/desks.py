"""A desk's rules and guidelines: made, changed, and what a change does to work under way.

What is approved or published stays so; what is open follows the new rules at once. One thing is
taken back: an approval with a rating that waits for publication, where the scale changed, since the
number would be published under another name.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Article, Desk, Membership, User, Verdict
from annotations.models.desks import validate_rating_scale
from annotations.workflow import (
    audit,
    checks,
    desk_engines,
    outbox,
    progress,
    roles,
    tagging,
    verdicts,
)
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite

NAME_LENGTH = 150
SLUG_LENGTH = 50
ANNOTATORS_AT_MOST = 9
GUIDELINES_LENGTH = 20_000
RATINGS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Rules:
    """All that decides how a desk works."""

    name: str
    language: str = "fr"
    annotators_needed: int = 1
    is_blind: bool = False
    second_person_approves: bool = True
    evidence_required: bool = False
    credit: str = Desk.Credit.ROLE
    rating_scale: Sequence[dict[str, Any]] = ()
    engine: str = Desk.Engine.STANDARD


class Effect(NamedTuple):
    """What a change of rules did: articles counted anew, approvals taken back."""

    desk: Desk
    recounted: int = 0
    reopened: int = 0


@transaction.atomic
def create(*, slug: str, rules: Rules, by: User, at: datetime) -> Desk:
    """Make a desk; whoever makes it is its first manager."""
    if not (by.is_active and by.has_perm("annotations.add_desk")):
        raise NotAllowed(_("Only an administrator can create desks."))
    _check_slug(slug)
    check(rules)
    desk_engines.require_available(rules.engine)
    desk = Desk.objects.create(slug=slug, **_stored(rules))
    Membership.objects.create(desk=desk, user=by, role=Membership.Role.MANAGER)
    after = {"slug": slug} | _stored(rules)
    audit.record("desk.created", by=by, at=at, about=desk, change=audit.Change(after=after))
    return desk


@transaction.atomic
def change(*, desk: Desk, rules: Rules, by: User, at: datetime, based_on: int) -> Effect:
    """Change the rules; `based_on` is the version of the desk that one saw."""
    if not by.has_perm(desk_engines.ADMINISTRATION):
        roles.require(by, desk, roles.Role.MANAGER)
    check(rules)
    held = _hold(desk, rules, based_on)
    before, after = _stored(rules_of(held)), _stored(rules)
    if before == after:
        return Effect(held)
    desk_engines.choose(desk=held, engine=rules.engine, by=by, at=at)
    for name, value in after.items():
        setattr(held, name, value)
    save(held)
    audit.record("desk.rules_changed", by=by, at=at, about=held, change=_difference(before, after))
    recounted = _recount(held, before["annotators_needed"], by=by, at=at)
    is_rescaled = before["rating_scale"] != after["rating_scale"]
    return Effect(held, recounted, _reopen_rated(held, by=by, at=at) if is_rescaled else 0)


@transaction.atomic
def write_guidelines(*, desk: Desk, text: str, by: User, at: datetime, based_on: int) -> Desk:
    """Say anew what annotators read; what stood before stays in the trace."""
    roles.require(by, desk, roles.Role.MANAGER)
    text = text.replace("\r\n", "\n").strip()
    checks.refuse_control(text, field="guidelines")
    if len(text) > GUIDELINES_LENGTH:
        raise BadInput(
            _("Guidelines have at most %(limit)s characters.")
            % {"limit": checks.grouped(GUIDELINES_LENGTH)},
            field="guidelines",
        )
    held = hold_as_seen(desk, based_on)
    if held.guidelines != text:
        traced = audit.Change({"guidelines": held.guidelines}, {"guidelines": text})
        held.guidelines = text
        save(held)
        audit.record("desk.guidelines_written", by=by, at=at, about=held, change=traced)
    return held


def rules_of(desk: Desk) -> Rules:
    return Rules(**{name: getattr(desk, name) for name in Rules.__slots__})


def check(rules: Rules) -> None:
    """Refuse what cannot be a rule, naming the field."""
    checks.require_words(rules.name, field="name", message=_("Give the desk a name."))
    if len(rules.name.strip()) > NAME_LENGTH:
        raise BadInput(_("The name is too long."), field="name")
    if rules.language not in dict(settings.LANGUAGES):
        raise BadInput(_("Choose one of the languages."), field="language")
    if not 1 <= rules.annotators_needed <= ANNOTATORS_AT_MOST:
        raise BadInput(
            _("A sentence needs between 1 and %(limit)s annotators.")
            % {"limit": ANNOTATORS_AT_MOST},
            field="annotators_needed",
        )
    if rules.credit not in Desk.Credit.values:
        raise BadInput(_("Choose who is named."), field="credit")
    _check_scale(rules.rating_scale)


def _stored(rules: Rules) -> dict[str, Any]:
    said = {"name": rules.name.strip(), "rating_scale": list(rules.rating_scale)}
    return asdict(rules) | said | {"credit": str(rules.credit), "engine": str(rules.engine)}


def _hold(desk: Desk, rules: Rules, based_on: int) -> Desk:
    """Hold the desk, and before it the articles whose open work the change may touch.

    Whoever labels holds the article and reads the rules then: so nobody counts by the old ones.
    """
    seen = Desk.objects.get(pk=desk.pk)
    touches = seen.annotators_needed != rules.annotators_needed
    if touches or list(seen.rating_scale) != list(rules.rating_scale):
        held = Article.objects.of_desk(desk).select_for_update(of=("self",)).order_by("pk")
        list(held.values_list("pk", flat=True))
    return hold_as_seen(desk, based_on)


def hold_as_seen(desk: Desk, based_on: int) -> Desk:
    """Return the row, held until commit, if it still is what somebody saw."""
    held = Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    if held.version != based_on:
        raise StaleWrite(_("The desk was changed in the meantime. Look at it again."), current=held)
    return held


def save(held: Desk) -> None:
    """Write a desk that is held, as its next version."""
    held.version += 1
    held.save()


def _difference(before: dict[str, Any], after: dict[str, Any]) -> audit.Change:
    names = [name for name in after if before[name] != after[name]]
    return audit.Change(
        {name: before[name] for name in names}, {name: after[name] for name in names}
    )


def _recount(held: Desk, before: int, *, by: User, at: datetime) -> int:
    """Count the open sentences anew; tell of articles in which nothing is left to do now."""
    if held.annotators_needed == before:
        return 0
    touched = progress.touched_by(held, before=before)
    were_open = set(touched.filter(open_candidates__gt=0).values_list("pk", flat=True))
    recounted = progress.recount_all(touched, needed=held.annotators_needed)
    for article in Article.objects.filter(pk__in=were_open, open_candidates=0):
        article.desk = held
        outbox.note_if_finished(article, by=by, at=at)
    return recounted


def _reopen_rated(held: Desk, *, by: User, at: datetime) -> int:
    """Take back approvals with a rating: its number means something else on another scale."""
    waiting = Verdict.objects.filter(
        desk=held, state=Verdict.State.APPROVED, rating__isnull=False
    ).select_related("sentence__article")
    for verdict in waiting:
        verdict.sentence.article.desk = held
        said = tagging.said_of(verdict.sentence)
        verdicts.derive(sentence=verdict.sentence, said=said, by=by, at=at)
    return len(waiting)


def _check_scale(rows: Sequence[dict[str, Any]]) -> None:
    try:
        validate_rating_scale(list(rows))
    except ValidationError as error:
        raise BadInput(
            _("Give each rating a French and an English name."), field="rating_scale"
        ) from error
    if len(rows) == 1 or len(rows) > RATINGS_AT_MOST:
        raise BadInput(
            _("A scale has from 2 to %(limit)s ratings, or none at all.")
            % {"limit": RATINGS_AT_MOST},
            field="rating_scale",
        )


def _check_slug(slug: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise BadInput(
            _("The short name holds letters, digits, - and _ only."), field="slug"
        ) from error
    if len(slug) > SLUG_LENGTH or Desk.objects.filter(slug=slug).exists():
        raise BadInput(_("This short name is taken or too long."), field="slug")
