"""What everybody's cache may keep is the same for every reader: it varies by no language.

What is public is said in the language of its desk. LocaleMiddleware cannot know that, and a cache
would keep a copy for each way in which browsers list their languages.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_LANGUAGE = "accept-language"


def told(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.headers.get("Cache-Control", "").startswith("public"):
            _forget_language(response)
        return response

    return answer


def _forget_language(response: HttpResponseBase) -> None:
    names = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    rest = [name for name in names if name and name.lower() != _LANGUAGE]
    if rest:
        response.headers["Vary"] = ", ".join(rest)
    else:
        response.headers.pop("Vary", None)
