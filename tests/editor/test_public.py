import json
import re
import time
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Desk
from annotations.workflow import revisions
from annotations.workflow.intake import Draft
from tests.api.test_publications import correct, retract
from tests.editor.conftest import html_of
from tests.factories import AT, ArticleFactory, DeskFactory, published


@pytest.fixture
def desk(db):
    return DeskFactory(
        publishes_publicly=True,
        language="fr",
        methodology="Deux personnes relisent.",
        corrections_policy="Écrivez à la rédaction.",
    )


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6, source_url="https://ailleurs.example/1")


@pytest.fixture
def out(article, annotator, reviewer):
    """Five publications of one article."""
    return [
        published(sentence, annotator=annotator, reviewer=reviewer, rationale="Recompté.")
        for sentence in article.sentences.order_by("start")[:5]
    ]


@pytest.fixture
def reader():
    return Client()


def addresses(desk, out):
    return [
        reverse("editor:public-desk", args=[desk.slug]),
        reverse("editor:public-check", args=[desk.slug, out[0].verdict_id]),
        reverse("editor:public-corrections", args=[desk.slug]),
        reverse("editor:public-methodology", args=[desk.slug]),
        reverse("editor:embed-article", args=[out[0].article_id]),
        reverse("editor:oembed")
        + "?"
        + urlencode(
            {"url": "http://testserver" + reverse("editor:embed-article", args=[out[0].article_id])}
        ),
        reverse("api:feed", args=[desk.slug]),
    ]


class TestEveryPage:
    def test_is_there_for_everybody(self, reader, desk, out):
        assert {reader.get(one).status_code for one in addresses(desk, out)} == {200}

    def test_is_gone_once_the_desk_is_private(self, reader, desk, out):
        Desk.objects.update(publishes_publicly=False)

        *pages, feed = [reader.get(one).status_code for one in addresses(desk, out)]

        assert (set(pages), feed) == ({404}, 401)

    def test_sets_no_cookie_and_may_be_kept(self, reader, desk, out):
        for address in addresses(desk, out)[:6]:
            response = reader.get(address)

            assert not response.cookies
            assert "public" in response["Cache-Control"]
            assert "Cookie" not in response.get("Vary", "")

    def test_holds_no_script_that_runs(self, reader, desk, out):
        for address in addresses(desk, out)[:5]:
            scripts = re.findall(r"<script[^>]*>", reader.get(address).content.decode())

            assert set(scripts) <= {'<script type="application/ld+json">'}

    def test_is_not_sent_again_while_nothing_changed(self, reader, desk, out):
        for address in addresses(desk, out):
            etag = reader.get(address)["ETag"]

            assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304


class TestDeskPage:
    def test_shows_what_stands_the_newest_first(self, reader, desk, out, reviewer):
        retract(out[4], reviewer)
        correct(out[0], reviewer)

        lines = reader.get(reverse("editor:public-desk", args=[desk.slug])).context["lines"]

        numbers = [line.record.id for line in lines]
        assert numbers == [out[n].verdict_id for n in (0, 3, 2, 1)]

    def test_takes_a_fixed_number_of_queries(self, reader, desk, out, django_assert_num_queries):
        with django_assert_num_queries(2):  # the desk, its publications
            reader.get(reverse("editor:public-desk", args=[desk.slug]))

    def test_goes_on_from_a_number(self, reader, desk, out, monkeypatch):
        monkeypatch.setattr("annotations.editor.public.PAGE_SIZE", 2)
        address = reverse("editor:public-desk", args=[desk.slug])

        first = reader.get(address).context
        second = reader.get(address, {"before": first["older"]}).context

        assert [line.record.sequence for line in first["lines"]] == [5, 4]
        assert [line.record.sequence for line in second["lines"]] == [3, 2]


class TestCheckPage:
    def address(self, desk, publication):
        return reverse("editor:public-check", args=[desk.slug, publication.verdict_id])

    def test_shows_the_versions_before(self, reader, desk, out, reviewer):
        correct(out[0], reviewer)

        page = html_of(reader.get(self.address(desk, out[0])))

        assert page.index("Contesté") < page.index("Vérifié")
        assert "Corrigé." in page

    def test_carries_the_review_for_search_engines(self, reader, desk, out):
        Desk.objects.update(reviews_without_rating=True)

        page = html_of(reader.get(self.address(desk, out[0])))

        [markup] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert json.loads(markup)["url"] == f"http://testserver{self.address(desk, out[0])}"

    def test_carries_none_where_rules_are_broken(self, reader, desk, out):
        assert "ld+json" not in html_of(reader.get(self.address(desk, out[0])))

    def test_knows_no_check_of_another_desk(self, reader, out):
        other = DeskFactory(publishes_publicly=True)

        assert reader.get(self.address(other, out[0])).status_code == 404


class TestCorrections:
    def test_show_what_was_said_before_and_why_it_changed(
        self, reader, desk, out, reviewer, django_assert_num_queries
    ):
        correct(out[0], reviewer)
        retract(out[1], reviewer)

        with django_assert_num_queries(2):
            response = reader.get(reverse("editor:public-corrections", args=[desk.slug]))

        lines = response.context["lines"]
        assert [(line.state, line.before, line.record.note) for line in lines] == [
            ("retracted", "Vérifié", "Erreur."),
            ("disputed", "Vérifié", "Corrigé."),
        ]
        assert "Écrivez à la rédaction." in html_of(response)


class TestMethodology:
    def test_shows_words_rules_and_scale(self, reader, desk, out):
        page = html_of(reader.get(reverse("editor:public-methodology", args=[desk.slug])))

        assert "Deux personnes relisent." in page
        assert "La rédaction a trouvé des preuves" in page
        assert "Plutôt faux" in page


class TestEmbed:
    def address(self, article):
        return reverse("editor:embed-article", args=[article.pk])

    def test_may_stand_in_frames_of_others(self, reader, article, out, settings):
        settings.EMBED_ANCESTORS = ["https://journal.example"]

        response = reader.get(self.address(article))

        policy = response["Content-Security-Policy"]
        assert "frame-ancestors https://journal.example" in policy
        assert "script-src 'none'" in policy
        assert "X-Frame-Options" not in response

    def test_leaves_other_pages_out_of_frames(self, reader, desk, out):
        response = reader.get(reverse("editor:public-desk", args=[desk.slug]))

        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"

    def test_opens_its_links_beside_the_page_that_shows_it(self, reader, article, out):
        frame = reader.get(
            reverse("editor:oembed"), {"url": f"http://testserver{self.address(article)}"}
        ).json()["html"]

        assert '<base target="_blank">' in html_of(reader.get(self.address(article)))
        assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame

    def test_says_that_one_was_retracted_and_not_what_it_said(self, reader, article, out, reviewer):
        retract(out[0], reviewer)

        first = reader.get(self.address(article)).context["lines"][0]

        assert (first.state, first.name, first.record.note) == ("retracted", "", "Erreur.")

    def test_takes_a_fixed_number_of_queries(self, reader, article, out, django_assert_num_queries):
        with django_assert_num_queries(1):
            reader.get(self.address(article))

    def test_is_found_by_oembed(self, reader, desk, article, out):
        page = reader.get(reverse("editor:public-check", args=[desk.slug, out[0].verdict_id]))
        [address] = re.findall(r'json\+oembed"\s+href="([^"]+)"', page.content.decode())

        body = reader.get(address.removeprefix("http://testserver")).json()

        assert (body["version"], body["type"]) == ("1.0", "rich")
        assert f'src="http://testserver{self.address(article)}"' in body["html"]


class TestOembed:
    def ask(self, reader, **query):
        return reader.get(reverse("editor:oembed"), query)

    def test_keeps_to_the_size_that_is_asked_for(self, reader, article, out):
        address = "http://testserver" + reverse("editor:embed-article", args=[article.pk])

        body = self.ask(reader, url=address, maxwidth="300", maxheight="9999").json()

        assert (body["width"], body["height"]) == (300, 480)

    def test_knows_a_check_by_its_page(self, reader, desk, article, out):
        address = reverse("editor:public-check", args=[desk.slug, out[0].verdict_id])

        body = self.ask(reader, url=f"http://testserver{address}").json()

        assert body["title"] == article.title

    @pytest.mark.parametrize("url", ["", "http://[", "https://a.example/x", "/login/", "/review/"])
    def test_knows_no_other_address(self, reader, out, url):
        assert self.ask(reader, url=url).status_code == 404

    def test_gives_no_xml(self, reader, out):
        assert self.ask(reader, url="/", format="xml").status_code == 501


class TestAddresses:
    """What a page does not know in its address makes no page of its own."""

    def test_send_on_who_added_something(self, reader, desk, out, django_assert_num_queries):
        pages = addresses(desk, out)[:5]

        with django_assert_num_queries(0):
            answers = [reader.get(f"{one}?utm_source=mail&before=x") for one in pages]

        assert [(one.status_code, one["Location"]) for one in answers] == [
            (302, page) for page in pages
        ]
        assert {one["Cache-Control"] for one in answers} == {"public, max-age=60"}

    def test_keep_the_place_in_a_list(self, reader, desk, out):
        page = reverse("editor:public-desk", args=[desk.slug])

        assert reader.get(f"{page}?x=1&before=0042")["Location"] == f"{page}?before=42"
        assert reader.get(f"{page}?before=42").status_code == 200

    def test_of_oembed_may_have_what_others_send(self, reader, desk, out):
        assert reader.get(f"{addresses(desk, out)[5]}&dnt=1").status_code == 200


class TestLimit:
    @pytest.fixture(autouse=True)
    def third_is_too_much(self, settings, empty_redis, monkeypatch):
        settings.READER_PAGES_A_MINUTE = 2
        monkeypatch.setattr(time, "time", lambda: 1_000_000_060.5)

    @pytest.mark.parametrize("place", range(6))
    def test_refuses_one_too_many_before_the_database_is_asked(
        self, reader, desk, out, place, django_assert_num_queries
    ):
        page = addresses(desk, out)[place]
        answers = [reader.get(page).status_code for _ in range(2)]

        with django_assert_num_queries(0):
            refused = reader.get(page)

        assert [*answers, refused.status_code] == [200, 200, 429]
        assert refused["Retry-After"] == refused["RateLimit-Reset"] == "20"
        assert refused["Cache-Control"] == "no-store"
        assert "20" in html_of(refused)

    def test_counts_all_pages_of_an_address_together_and_each_address_for_itself(
        self, reader, desk, out
    ):
        first, second, third = addresses(desk, out)[:3]
        reader.get(first)
        reader.get(second)

        assert reader.get(third).status_code == 429
        assert reader.get(third, REMOTE_ADDR="192.0.2.7").status_code == 200

    def test_lets_the_frame_say_it(self, reader, desk, out):
        frame = addresses(desk, out)[4]

        refused = [reader.get(frame) for _ in range(3)][-1]

        assert refused.status_code == 429
        assert "X-Frame-Options" not in refused
        assert "frame-ancestors *" in refused["Content-Security-Policy"]

    def test_can_be_switched_off(self, reader, desk, out, settings):
        settings.READER_PAGES_A_MINUTE = 0
        page = addresses(desk, out)[0]

        assert {reader.get(page).status_code for _ in range(4)} == {200}


class TestNewText:
    def test_is_named_where_the_words_that_were_checked_are_gone(
        self, reader, desk, article, annotator, out
    ):
        kept = out[1].sentence
        draft = Draft(text=f"Tout autre chose. {kept.exact}")
        revisions.revise(article=article, draft=draft, by=annotator, at=AT, based_on=1)

        first, second = (
            html_of(reader.get(reverse("editor:public-check", args=[desk.slug, one.verdict_id])))
            for one in out[:2]
        )

        assert "L’article a été modifié après cette vérification" in first
        assert "L’article a été modifié après cette vérification" not in second
