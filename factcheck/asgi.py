"""The ASGI entry point."""

import os

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")


class Handler(ASGIHandler):
    """Answers each request in one go, in the request's own thread.

    Django would go back and forth between event loop and thread for every middleware, which costs
    more than most requests themselves. Views and middleware are synchronous; only what streams
    comes back to the loop.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = await sync_to_async(self.get_response)(request)
        return response


django.setup(set_prefix=False)
application = Handler()
