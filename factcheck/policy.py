"""The Content-Security-Policy of what is answered: for nearly everything the same."""

from functools import lru_cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ITS_OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")


class Policy(CSPMiddleware):
    """The middleware of django-csp, which puts the header together anew for each answer.

    Here it does so only for an answer that has a policy of its own: put together once, the usual
    one costs a request nothing. There are no nonces, because no page has inline script or style.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Offer no nonce."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or any(hasattr(response, name) for name in ITS_OWN):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _usual())
        return response


@lru_cache
def _usual() -> str:
    return build_policy()
