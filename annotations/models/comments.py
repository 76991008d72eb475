"""Comments: what colleagues tell one another about a sentence; never published."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.models.people import User
from annotations.models.sentences import Sentence


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown_to(self, user: User, *, open_: bool) -> Self:
        """Return them oldest first; unless `open_`, only the reader's own."""
        shown = self if open_ else self.filter(author=user)
        return shown.select_related("author").order_by("id")


CommentManager = models.Manager.from_queryset(CommentQuerySet)


class Comment(models.Model):
    """One remark of one person on one sentence."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    text = models.TextField()
    created_at = models.DateTimeField()

    objects = CommentManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]
        indexes = [models.Index(F("sentence"), F("id"), name="comment_of_sentence")]

    def __str__(self) -> str:
        return self.text[:80]
