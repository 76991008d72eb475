import re

import pytest
from django.urls import reverse
from django.utils import translation

from annotations.editor.keys import Keyboard
from annotations.workflow.keyboard import COMMANDS
from tests.editor.conftest import html_of

ADDRESS = reverse("editor:keyboard")


def post(client, **keys):
    data = {f"key-{action}": key for action, key in keys.items()} | {"letter_keys": "on"}
    return client.post(ADDRESS, data)


class TestSettings:
    def test_shows_every_command_with_its_key(self, as_annotator, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):
            page = html_of(as_annotator.get(ADDRESS))

        named = [one for one in COMMANDS if not one.is_fixed]
        assert all(f'name="key-{one.action}" value="{one.key}"' in page for one in named)

    def test_keeps_the_keys_and_binds_them_on_every_page(self, as_annotator):
        response = post(as_annotator, verified="t")

        page = html_of(as_annotator.get(reverse("editor:queue")))
        assert response.url == f"{ADDRESS}?saved=1"
        assert re.search(r'data-action="verified" data-keys="\[&quot;t&quot;\]"', page)

    def test_refuses_a_conflict_with_the_reason_and_keeps_what_was_typed(
        self, as_annotator, annotator
    ):
        response = post(as_annotator, verified="d", skip="y")

        page = html_of(response)
        annotator.refresh_from_db()
        assert response.status_code == 422
        assert "“d” is the key of “Disputed” already." in page
        assert 'name="key-skip" value="y"' in page
        assert annotator.keys == {}

    def test_switches_the_characters_off(self, as_annotator):
        as_annotator.post(ADDRESS, {})

        page = html_of(as_annotator.get(reverse("editor:queue")))
        assert 'data-action="verified" data-keys="[]"' in page
        assert 'data-action="next" data-keys="[&quot;ArrowDown&quot;]"' in page

    def test_goes_back_to_the_usual_keys(self, as_annotator, annotator):
        post(as_annotator, verified="t")

        as_annotator.post(ADDRESS, {"reset": "1", "key-verified": "t"})

        annotator.refresh_from_db()
        assert (annotator.keys, annotator.letter_keys) == ({}, True)

    @pytest.mark.django_db
    def test_is_for_people_who_are_logged_in(self, client):
        assert client.get(ADDRESS).status_code == 302


class TestHint:
    def test_is_a_key_that_every_keyboard_has(self):
        assert Keyboard(None).hint("next-article") == "g n"

    def test_is_ones_own_key(self, annotator):
        annotator.keys = {"next-article": "w"}

        assert Keyboard(annotator).hint("next-article") == "w"

    def test_is_named_in_the_language_of_the_page(self):
        with translation.override("fr"):
            assert Keyboard(None).hint("text") == "Échap"
