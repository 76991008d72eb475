import threading

from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from factcheck.asgi import Handler

seen_in = []


def noting(get_response):
    """Be a middleware that notes its thread on the way in and out."""

    def answer(request):
        seen_in.append(threading.get_ident())
        response = get_response(request)
        seen_in.append(threading.get_ident())
        return response

    return answer


def view(request):
    seen_in.append(threading.get_ident())
    return HttpResponse("Seen.")


urlpatterns = [path("", view)]
SETTINGS = {
    "ROOT_URLCONF": __name__,
    "MIDDLEWARE": [f"{__name__}.noting", "django.middleware.common.CommonMiddleware"],
}


async def answered_by(application):
    """Return the first two messages of the answer: its head and its body."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    asked = ApplicationCommunicator(application, scope)
    await asked.send_input({"type": "http.request"})
    messages = await asked.receive_output(5), await asked.receive_output(5)
    await asked.wait()
    return messages


class TestHandler:
    def test_answers_in_one_thread_that_is_not_the_event_loop_s(self, db):
        seen_in.clear()

        with override_settings(**SETTINGS):
            head, body = async_to_sync(answered_by)(Handler())

        assert (head["status"], body["body"]) == (200, b"Seen.")
        assert len(seen_in) == 3
        assert len(set(seen_in)) == 1
