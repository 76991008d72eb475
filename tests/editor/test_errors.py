"""Error pages in the house look, that say what to do, also where the database is what is broken."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation

REASONS = {
    400: SuspiciousOperation("odd"),
    403: PermissionDenied(),
    404: Http404(),
    413: RequestDataTooBig("16 MB"),
}
SAID = {
    400: "What you typed is still in the form",
    403: "Ask a manager of the desk",
    404: "the address may be wrong",
    413: "Send a long text as a file",
    500: "Nothing that was saved is lost",
}


def answer(status):
    """Ask Django's handler as it does itself; no test here may use the database."""
    request = RequestFactory().get("/")
    if status == 500:
        return get_resolver().resolve_error_handler(500)(request)
    handler = get_resolver().resolve_error_handler(400 if status == 413 else status)
    return handler(request, exception=REASONS[status])


@pytest.mark.parametrize("status", SAID)
class TestPages:
    def test_say_what_to_do_without_a_database(self, status):
        response = answer(status)

        page = response.content.decode()
        assert response.status_code == status
        assert SAID[status] in page
        assert f"{status}</p>" in "".join(page.split())

    def test_are_there_in_french(self, status):
        with translation.override("fr"):
            page = answer(status).content.decode()

        assert '<html lang="fr">' in page
        assert SAID[status] not in page


class TestTooLarge:
    def test_a_form_over_the_limit_is_answered_with_413(self, client, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

        response = client.post("/login/", {"username": "x" * 100})

        assert response.status_code == 413
