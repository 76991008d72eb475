"""Who is looking: the session and its person, read by statements that are made once.

Every request of a person reads both; building the two querysets anew took a tenth of a page.
"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as StoreInDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from annotations.models import User
from annotations.models.statements import Reading, Slot

_SESSION = Reading(
    lambda: Session.objects.filter(session_key=Slot("key"), expire_date__gt=Slot("now"))
)
_PERSON = Reading(lambda: User.objects.filter(pk=Slot("user")))


class SessionStore(StoreInDatabase):
    """Sessions in the database, so that people work on while Redis is away."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.one(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session


class Passwords(ModelBackend):
    """Lets people in by name and password."""

    def get_user(self, user_id: int) -> User | None:
        found = _PERSON.one(user=user_id)
        return found if found and self.user_can_authenticate(found) else None
