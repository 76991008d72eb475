from annotations.editor import urls
from bench.screenshots import DESK, OF_STRANGERS, SHOTS

# Addresses that do something, or answer with a piece of a page; and who only an operator opens.
NO_PAGES = {
    *("logout", "language", "search-suggest", "start", "sources", "bulk", "view-save", "people"),
    *("queue-news", "member-invite", "oembed", "exports", "export-order", "desk-create"),
}


def test_show_every_page_that_is_opened_by_its_address():
    shown = {shot.path.partition("?")[0] for shot in (*SHOTS, *OF_STRANGERS)}

    pages = {
        "/" + str(one.pattern).replace("<slug:slug>", DESK)
        for one in urls.urlpatterns
        if set(one.pattern.converters) <= {"slug"} and one.name not in NO_PAGES
    }

    assert pages - shown == set()
