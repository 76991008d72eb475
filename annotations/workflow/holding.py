"""Holding an article: what is said of its sentences changes one step after the other.

Everybody who changes annotations, verdicts, sentences or counts holds the article's row first;
who publishes takes the desk's row after it, never before.
"""

from typing import Any

from django.utils.translation import gettext as _

from annotations.models import Article, User
from annotations.models.statements import Reading, Slot
from annotations.workflow import roles
from annotations.workflow.errors import WorkflowError

_HELD = Reading(
    lambda: (
        Article.objects.select_for_update(of=("self",))
        .select_related("desk")
        .annotate(role_held=roles.held_by(Slot("user")))
        .filter(pk=Slot("article"))
    )
)


class Gone(WorkflowError):
    code = "gone"


def hold(article_id: int, *, by: User, role: roles.Role) -> Article:
    """Return the article, held until commit, if this person has the role on its desk."""
    found: Any = _HELD.one(article=article_id, user=by.pk)
    if found is None:
        raise Gone(_("This article was deleted in the meantime."))
    article: Article = found
    roles.require_held(found.role_held, by, article.desk, role)
    return article
