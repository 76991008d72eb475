from django.conf import settings

from annotations.editor import urls
from bench.shots import DESK, EVERY

# Addresses that do something, or answer with a piece of a page.
NO_PAGES = {
    *("logout", "language", "search-suggest", "start", "sources", "bulk", "view-save", "people"),
    *("queue-news", "member-invite", "oembed", "exports", "export-order"),
}
ERRORS = {
    "400": "bad-request",
    "403": "not-allowed",
    "403_csrf": "not-from-here",
    "404": "not-found",
    "413": "too-large",
    "429": "login-closed",
    "500": "broken",
}


def test_show_every_page_that_is_opened_by_its_address():
    shown = {shot.path.partition("?")[0] for shot in EVERY}

    pages = {
        "/" + str(one.pattern).replace("<slug:slug>", DESK)
        for one in urls.urlpatterns
        if set(one.pattern.converters) <= {"slug"} and one.name not in NO_PAGES
    }

    assert pages - shown == set()


def test_show_every_error():
    pages = {file.stem for file in (settings.BASE_DIR / "templates").glob("4*.html")} | {"500"}

    assert ERRORS.keys() == pages
    assert set(ERRORS.values()) <= {shot.name for shot in EVERY}


def test_take_each_picture_once():
    names = [shot.name for shot in EVERY]

    assert len(set(names)) == len(names)
