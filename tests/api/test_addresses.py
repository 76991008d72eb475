"""Articles and new texts that are sent as the address of their page."""

import pytest

from annotations.models import Article
from tests.api.conftest import problem
from tests.receiver import serving

SAID = "Le port de Célas compte 12 quais depuis 2021, selon la mairie."
NOW = "Le port de Célas compte 14 quais depuis 2023, selon la préfecture."


@pytest.fixture
def site(settings):
    settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost"})
    with serving() as site:
        site.put("/port", page(SAID), "text/html; charset=utf-8")
        yield site


def page(said):
    body = f"<p>{said}</p>" * 3
    return f"<title>Au port</title><body><article>{body}</article></body>".encode()


class TestCreate:
    def test_reads_the_page_that_stands_there(self, as_user, annotator, site):
        response = as_user(annotator).post("/articles/", {"url": f"{site.url}/port"})

        article = Article.objects.get()
        assert response.status_code == 201
        assert response.json()["source_url"] == article.source_url == f"{site.url}/port"
        assert SAID in article.current_revision.text
        assert article.current_revision.raw == page(SAID).decode()

    def test_keeps_another_address_as_the_source(self, as_user, annotator, site):
        body = {"url": f"{site.url}/port", "source_url": "https://journal.example/port"}

        response = as_user(annotator).post("/articles/", body)

        assert response.json()["source_url"] == "https://journal.example/port"

    def test_refuses_the_same_page_and_names_the_first(self, as_user, annotator, site):
        first = as_user(annotator).post("/articles/", {"url": f"{site.url}/port"}).json()

        response = as_user(annotator).post("/articles/", {"url": f"{site.url}/port"})

        assert problem(response, status=409, code="duplicate")["first"]["id"] == first["id"]

    def test_asks_once_for_a_request_that_is_repeated(self, as_user, annotator, site):
        headers = {"Idempotency-Key": "port-1"}
        body = {"url": f"{site.url}/port"}
        first = as_user(annotator).post("/articles/", body, headers=headers)
        site.put("/port", b"", "text/html", status=503)

        again = as_user(annotator).post("/articles/", body, headers=headers)

        assert again.json() == first.json()
        assert len(site.asked) == 1

    @pytest.mark.parametrize(
        ("told", "code", "words"),
        [
            ({"status": 404}, "not_fetched", "answers with 404"),
            ({"kind": "application/pdf"}, "not_fetched", "no web page"),
            ({"body": b"<p></p>"}, "no_main_text", "No article"),
        ],
    )
    def test_refuses_what_is_no_article(self, as_user, annotator, site, told, code, words):
        site.put("/port", **{"body": page(SAID), "kind": "text/html", **told})

        response = as_user(annotator).post("/articles/", {"url": f"{site.url}/port"})

        (error,) = problem(response, status=400, code="bad_input")["errors"]
        assert (error["pointer"], error["code"]) == ("/url", code)
        assert words in error["detail"]
        assert not Article.objects.exists()

    def test_asks_for_nothing_where_one_may_not_add(self, as_user, outsider, desk, site):
        body = {"url": f"{site.url}/port", "desk": desk.slug}

        response = as_user(outsider).post("/articles/", body)

        assert response.status_code == 404
        assert site.asked == []


class TestRevise:
    def test_takes_the_text_that_stands_there_now(self, as_user, annotator, site):
        first = as_user(annotator).post("/articles/", {"url": f"{site.url}/port"})
        site.put("/port", page(NOW), "text/html; charset=utf-8")
        address = f"/articles/{first.json()['id']}/"
        etag = as_user(annotator).get(address)["ETag"]

        response = as_user(annotator).post(
            f"{address}revisions/", {"url": f"{site.url}/port"}, headers={"If-Match": etag}
        )

        assert response.status_code == 201
        assert NOW in Article.objects.get().current_revision.text
