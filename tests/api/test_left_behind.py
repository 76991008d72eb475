"""What readers are told of a check whose words the article no longer has."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils.html import escape

from annotations.models import Desk
from annotations.workflow import revisions
from annotations.workflow.intake import Draft
from tests.api.test_publications import correct, retract
from tests.factories import AT

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = AT + timedelta(days=1)
TOLD = {
    "en": "The article was changed after this check: these words are no longer in it.",
    "fr": "L’article a été modifié après cette vérification\u202f: ces mots n’y figurent plus.",
}


@pytest.fixture
def desk(desk):
    desk.publishes_publicly = True
    desk.save()
    return desk


@pytest.fixture
def rewrite(article, annotator):
    """Give the article a new text."""

    def do(text, *, at=LATER):
        article.refresh_from_db()
        revisions.revise(
            article=article, draft=Draft(text=text), by=annotator, at=at, based_on=article.version
        )

    return do


@pytest.fixture
def left_behind(article, out, rewrite):
    """The first publication: its words are gone, those of the others are still there."""
    rewrite(article.current_revision.text.replace(out[0].exact, "Rien de tout cela."))
    return out[0]


def outputs(article, publication):
    """Every address at which a reader meets the publication as it is now."""
    of_desk = [publication.desk.slug]
    return [
        reverse("editor:public-desk", args=of_desk),
        reverse("editor:public-check", args=[*of_desk, publication.verdict_id]),
        reverse("editor:embed-article", args=[article.pk]),
        f"/api/v1/articles/{article.pk}/report/",
        f"/api/v1/publications/{publication.verdict_id}/",
        f"/api/v1/feeds/{publication.desk.slug}.atom",
    ]


class TestPages:
    @pytest.mark.parametrize("language", ["en", "fr"])
    @pytest.mark.parametrize("place", range(4))
    def test_say_it_once_of_the_one(self, nobody, article, left_behind, language, place):
        Desk.objects.update(language=language)
        address = outputs(article, left_behind)[place]

        page = nobody.client.get(address, headers={"Accept": "text/html"}).content.decode()

        assert page.count(escape(TOLD[language])) == 1

    def test_say_nothing_of_what_was_retracted(self, nobody, article, left_behind, reviewer):
        retract(left_behind, reviewer)

        pages = [
            nobody.client.get(one, headers={"Accept": "text/html"}).content.decode()
            for one in outputs(article, left_behind)[:4]
        ]

        assert not any(escape(TOLD["fr"]) in page for page in pages)

    def test_say_it_of_corrections_in_the_register(self, nobody, out, reviewer, rewrite):
        correct(out[0], reviewer)
        retract(out[1], reviewer)
        rewrite("Tout autre chose.")

        register = reverse("editor:public-corrections", args=[out[0].desk.slug])
        page = nobody.client.get(register).content.decode()

        assert page.count(escape(TOLD["fr"])) == 1


class TestJson:
    def test_names_the_last_text_that_had_the_words(self, nobody, article, out, left_behind):
        report = nobody.get(f"/articles/{article.pk}/report/").json()
        alone = nobody.get(f"/publications/{left_behind.verdict_id}/").json()

        told = {one["id"]: one["left_behind_in"] for one in report["publications"]}
        assert told == {one.verdict_id: 1 if one == left_behind else None for one in out}
        assert alone["left_behind_in"] == 1
        assert report["updated_at"] == LATER.isoformat().replace("+00:00", "Z")

    def test_takes_it_back_once_the_words_are_there_again(
        self, nobody, article, left_behind, rewrite
    ):
        rewrite(article.revisions.get(number=1).text + " Et plus.", at=LATER + timedelta(days=1))

        alone = nobody.get(f"/publications/{left_behind.verdict_id}/").json()

        assert alone["left_behind_in"] is None

    def test_leaves_the_log_and_all_that_is_read_from_it_as_it_was(
        self, nobody, article, out, rewrite
    ):
        of_log = [
            f"/{name}desk={article.desk.slug}"
            for name in ("publications/?", "changes/?", "exports/?format=jsonl&")
        ]

        def answers():
            found = [nobody.get(one) for one in of_log]
            return [(one["ETag"], b"".join(one)) for one in found]

        before = answers()

        rewrite("Tout autre chose.")

        assert answers() == before


class TestFeed:
    def entries(self, nobody, desk):
        feed = ET.fromstring(nobody.get(f"/feeds/{desk.slug}.atom").content)  # noqa: S314  # our own
        assert feed.findtext(f"{ATOM}updated") == LATER.isoformat().replace("+00:00", "Z")
        return {one.findtext(f"{ATOM}id"): one for one in feed.findall(f"{ATOM}entry")}

    def test_says_it_with_a_category_and_in_words(self, nobody, desk, out, left_behind):
        entries = list(self.entries(nobody, desk).values())

        *others, first = entries
        terms = [one.get("term") for one in first.findall(f"{ATOM}category")]
        assert terms == ["verified", "left_behind"]
        assert first.findtext(f"{ATOM}summary").startswith(TOLD["fr"])
        assert first.findtext(f"{ATOM}updated") == LATER.isoformat().replace("+00:00", "Z")
        assert all(TOLD["fr"] not in (one.findtext(f"{ATOM}summary") or "") for one in others)


class TestCopies:
    """A reader who has a copy is given another when the words go, and when they come back."""

    @pytest.mark.parametrize("place", range(6))
    def test_are_not_said_to_be_the_same(self, nobody, article, out, rewrite, place):
        address = outputs(article, out[0])[place]
        text = article.current_revision.text

        def known(etag):
            return nobody.client.get(address, headers={"If-None-Match": etag}).status_code == 304

        first = nobody.client.get(address)["ETag"]
        rewrite(text.replace(out[0].exact, "Rien de tout cela."))
        assert not known(first)
        second = nobody.client.get(address)["ETag"]
        assert known(second)

        rewrite(f"{text} Et plus.", at=LATER + timedelta(days=1))

        assert not known(second)

    def test_of_the_feed_are_told_by_time_too(self, nobody, article, desk, out, rewrite):
        address, text = f"/feeds/{desk.slug}.atom", article.current_revision.text
        rewrite("Tout autre chose.")
        since = nobody.get(address)["Last-Modified"]
        known = {"If-Modified-Since": since}
        assert nobody.get(address, headers=known).status_code == 304

        rewrite(f"{text} Et plus.", at=LATER + timedelta(days=1))

        assert nobody.get(address, headers=known).status_code == 200
