"""The language that somebody reads the pages in."""

from django.conf import settings

from annotations.models import User


def choose(*, language: str, by: User) -> None:
    """Keep the language for this person, in every browser; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES) and by.language != language:
        by.language = language
        by.save(update_fields=["language"])
