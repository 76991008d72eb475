import pytest

from annotations.workflow import pages
from annotations.workflow.errors import BadInput
from tests.receiver import serving

PAGE = (
    "<html><body><article><p>Le port compte 12 quais, dit-on à Célas.</p></article></body></html>"
)


@pytest.fixture
def site(settings):
    settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost"})
    with serving() as site:
        yield site


class TestFetch:
    @pytest.mark.parametrize(
        ("kind", "encoding"),
        [
            ("text/html; charset=utf-8", "utf-8"),
            ("text/html; charset=windows-1252", "windows-1252"),
            ("text/html", "utf-8"),
            ("text/html; charset=nonsense", "utf-8"),
            ("text/html; charset=zlib", "utf-8"),
        ],
    )
    def test_reads_a_page_as_its_server_says(self, site, kind, encoding):
        site.put("/article", PAGE.encode(encoding), kind)

        assert pages.fetch(f"{site.url}/article") == PAGE

    def test_reads_a_page_as_it_says_itself(self, site):
        page = PAGE.replace("<body>", '<meta charset="iso-8859-1"><body>')
        site.put("/article", page.encode("iso-8859-1"), "text/html")

        assert pages.fetch(f"{site.url}/article") == page

    def test_follows_redirects(self, site):
        site.put("/old", b"", "text/html", status=301, location="/article")
        site.put("/article", PAGE.encode(), "text/html")

        assert pages.fetch(f"{site.url}/old") == PAGE

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({"status": 404}, "answers with 404"),
            ({"kind": "application/pdf"}, "no web page"),
            ({"body": b"x" * 2_000}, "larger than"),
            ({"status": 302, "location": "/article"}, "without end"),
            ({"status": 302, "location": "ftp://elsewhere.example/"}, "begins with http"),
            ({"status": 302, "location": "http://127.0.0.1:9/"}, "cannot be reached"),
        ],
    )
    def test_refuses_with_what_to_do(self, site, settings, told, words):
        settings.ARTICLE_MAX_BYTES = 1_000
        site.put("/article", **{"body": PAGE.encode(), "kind": "text/html", **told})

        with pytest.raises(BadInput, match=words) as refusal:
            pages.fetch(f"{site.url}/article")

        assert refusal.value.field == "source_url"

    def test_never_goes_into_our_own_network(self, site, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = frozenset()
        site.put("/article", PAGE.encode(), "text/html")

        with pytest.raises(BadInput, match="cannot be reached"):
            pages.fetch(f"{site.url}/article")

        assert site.asked == []
