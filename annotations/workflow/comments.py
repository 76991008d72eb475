"""Commenting on a sentence, for colleagues."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Comment, Sentence, User
from annotations.workflow import audit, checks, roles
from annotations.workflow.errors import BadInput
from annotations.workflow.holding import hold, no_sentence

TEXT_LENGTH = 5_000


@transaction.atomic
def add(*, sentence: Sentence, text: str, by: User, at: datetime) -> Comment:
    """Say something about a sentence to whoever looks at it next."""
    checks.require_words(text, field="text", message=_("Write the comment first."))
    if len(text) > TEXT_LENGTH:
        raise BadInput(
            _("A comment has at most %(limit)s characters.")
            % {"limit": checks.grouped(TEXT_LENGTH)},
            field="text",
            code="too_long",
        )
    sentence.article = hold(sentence.article_id, by=by, role=roles.Role.ANNOTATOR)
    if not Sentence.objects.filter(pk=sentence.pk).exists():
        raise no_sentence()
    comment = Comment.objects.create(sentence=sentence, author=by, text=text.strip(), created_at=at)
    change = audit.Change(after={"comment": comment.text})
    audit.record("comment.added", by=by, at=at, about=sentence, change=change)
    return comment
