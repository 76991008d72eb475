"""Taking one's last approval back, of one verdict or of many, while nothing of it is out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Article, AuditEvent, User, Verdict
from annotations.workflow import audit, progress, roles, verdicts
from annotations.workflow.errors import WorkflowError
from annotations.workflow.holding import hold

TAKE_BACK_FOR = timedelta(hours=24)


class NothingToTakeBack(WorkflowError):
    code = "nothing_to_take_back"


@transaction.atomic
def take_back(*, article: Article, by: User, at: datetime) -> list[Verdict]:
    """Take back one's last approval in this article, all of it if it was of many.

    What was published or changed since is left as it is.
    """
    held = hold(article.pk, by=by, role=roles.Role.REVIEWER)
    events = _last_step(held, by)
    if events and events[0].at < at - TAKE_BACK_FOR:
        raise NothingToTakeBack(
            _("Your last approval here is more than a day old: return the sentence instead.")
        )
    taken = [one for event in events if (one := _taken_back(event, held, by, at))]
    if not taken:
        raise NothingToTakeBack(
            _(
                "There is no approval of yours to take back here. What is published is corrected or"
                " retracted under “Publications”."
            )
        )
    return taken


def _last_step(held: Article, by: User) -> list[AuditEvent]:
    """Find what one approved last here and did not take back: one event, or all of its step."""
    approved = AuditEvent.objects.filter(
        article=held, actor=by, action="verdict.approve", undone_by__isnull=True
    ).order_by("-id")
    last = approved.first()
    if last is None:
        return []
    return list(approved.filter(batch=last.batch)) if last.batch else [last]


def _taken_back(event: AuditEvent, held: Article, by: User, at: datetime) -> Verdict | None:
    found = Verdict.objects.filter(sentence=event.sentence_id).select_related("sentence").first()
    before, after = event.before or {}, event.after or {}
    if found is None or found.version != after.get("version"):
        return None
    found.desk, found.article, found.sentence.article = held.desk, held, held
    stood, was = verdicts.state_of(found), found.progress
    found.state, found.rating, found.comment = before["state"], before["rating"], before["comment"]
    found.approved_by = found.approved_at = None
    verdicts.save(found, at)
    progress.follow(found.sentence, before=was, after=found.progress)
    change = audit.Change(stood, verdicts.state_of(found), event.batch)
    audit.record(
        "verdict.unapproved", by=by, at=at, about=found.sentence, change=change, undoes=event
    )
    return found
