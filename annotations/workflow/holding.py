"""Holding an article: what is said of its sentences changes one step after the other.

Everybody who changes annotations, verdicts, sentences or counts holds the article's row first;
who publishes takes the desk's row after it, never before.
"""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from annotations.models import Article, Revision, Sentence, User
from annotations.models.statements import Reading, Slot
from annotations.workflow import roles
from annotations.workflow.errors import WorkflowError


def _held() -> QuerySet[Article]:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("desk")
        .defer("desk__guidelines", "desk__methodology", "desk__corrections_policy")
        .annotate(role_held=roles.held_by(Slot("user")), texts=F("current_revision__number"))
    )


_ITSELF = Reading(lambda: _held().filter(pk=Slot("article")))
_OF_SENTENCE = Reading(lambda: _held().filter(sentences=Slot("sentence")))


class Gone(WorkflowError):
    code = "gone"


class LeftBehind(WorkflowError):
    """The article has a newer text, in which the sentence stands no more."""

    code = "left_behind"


def hold(article_id: int, *, by: User, role: roles.Role) -> Article:
    """Return the article, held until commit, if this person has the role on its desk."""
    return _allowed(_ITSELF.one(article=article_id, user=by.pk), by, role)


def hold_of(sentence_id: int, *, by: User, role: roles.Role, desk_id: int | None = None) -> Article:
    """Return the sentence's article in the same way; a desk that is named sees only its own."""
    found = _OF_SENTENCE.one(sentence=sentence_id, user=by.pk)
    if found and desk_id not in (None, found.desk_id):
        found = None
    return _allowed(found, by, role)


def text_number(held: Any) -> int:
    """Return the number of the newest text of an article that `hold` or `hold_of` gave.

    A statement that waited for the article finds no text that came while it waited: it is asked
    again.
    """
    if held.texts is None:
        held.texts = Revision.objects.values_list("number", flat=True).get(
            pk=held.current_revision_id
        )
    number: int = held.texts
    return number


def no_article() -> Gone:
    return Gone(_("This article was deleted in the meantime."))


def no_sentence() -> Gone:
    """Say that a new cut or text took the sentence away while one waited for its article."""
    return Gone(_("This sentence was cut anew in the meantime. Load the page again."))


def refuse_left_behind(sentence: Sentence) -> None:
    """Refuse to work on what stands in an older text only; the caller holds its article."""
    if sentence.revision_id != sentence.article.current_revision_id:
        raise LeftBehind(
            _("This sentence is no longer in the article’s text. Load the page again.")
        )


def _allowed(found: Any, by: User, role: roles.Role) -> Article:
    if found is None:
        raise no_article()
    article: Article = found
    roles.require_held(found.role_held, by, article.desk, role)
    return article
