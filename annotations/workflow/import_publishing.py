"""Earlier publications of the house: approved by the manager who imports them, and published.

They go the way of every publication, with the checks of each step. The day on which they first came
out stays in their evidence; in our log they are as old as their import.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.imports import Fault
from annotations.imports.faults import excerpt
from annotations.imports.names import plain
from annotations.models import Article, Desk, Import, User, Verdict
from annotations.workflow import import_words, publishing, roles, verdicts
from annotations.workflow.errors import BadInput, WorkflowError
from annotations.workflow.import_rows import Row


def require(work: Import, by: User) -> None:
    """Refuse who may not publish so, or by whose word alone nothing may be published."""
    if not work.publishes:
        return
    if not work.is_of_claims:
        raise BadInput(
            _("Only claims with their outcome can be published: ClaimReview or Meedan Check."),
            field="publish",
        )
    roles.require(by, work.desk, roles.Role.MANAGER)
    author = author_of(work, by)
    roles.require(author, work.desk, roles.Role.ANNOTATOR)
    if work.desk.second_person_approves and author == by:
        raise BadInput(
            _(
                "On this desk nobody approves their own work. Name the colleague who did these "
                "checks, or have them reviewed."
            ),
            field="author",
            code="second_person",
        )


def author_of(work: Import, by: User) -> User:
    """Return whose annotations these are: the named colleague, or who imports."""
    name = work.options.get("author", "")
    if not name or not work.publishes:
        return by
    found = User.objects.filter(username=name, memberships__desk=work.desk).first()
    if found is None:
        raise BadInput(
            _("“%(name)s” is no member of this desk.") % {"name": name[:150]}, field="author"
        )
    return found


def publish(work: Import, row: Row, article: Article, *, by: User, at: datetime) -> None:
    """Approve and publish the claim of a row; what the desk's rules refuse waits for review."""
    verdict = Verdict.objects.select_related("desk").filter(article=article).first()
    if verdict is None or verdict.state != Verdict.State.PROPOSED:
        return
    rating = _rating(article.desk, row)
    step = partial(_publish, verdict, article, rating=rating, by=by, at=at)
    try:
        step()
    except WorkflowError as refusal:
        why = import_words.in_each_language(partial(import_words.in_vain, step), refusal)
        shown = excerpt(row.entry.fields.get("text", ""))
        row.faults.append(Fault(row.entry.line, "not_published", "", shown, why, is_warning=True))


@transaction.atomic
def _publish(
    verdict: Verdict, article: Article, *, rating: int | None, by: User, at: datetime
) -> None:
    verdicts.approve(verdict=verdict, by=by, at=at, based_on=verdict.version, rating=rating)
    publishing.publish(article=article, by=by, at=at)


def _rating(desk: Desk, row: Row) -> int | None:
    """Return the value of the desk's scale that has the rating's name."""
    words = {plain(mark.label) for mark in row.entry.marks}
    named = (
        one["value"] for one in desk.rating_scale if {plain(one["fr"]), plain(one["en"])} & words
    )
    return next(named, None)
