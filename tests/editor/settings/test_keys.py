from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.models import ApiKey
from annotations.workflow import api_keys
from tests.editor.conftest import html_of, logged_in
from tests.factories import DeskFactory, UserFactory


@pytest.fixture
def address(desk):
    return reverse("editor:keys", args=[desk.slug])


def issue(desk, by, name="Site", scopes=("read:published",)):
    return api_keys.issue(desk=desk, name=name, scopes=scopes, by=by, at=timezone.now())


def revoke(client, key):
    return client.post(reverse("editor:key-revoke", args=[key.pk]))


class TestKeys:
    def test_shows_all_in_few_queries_and_never_their_text(
        self, as_manager, manager, desk, address, django_assert_max_num_queries
    ):
        issued = [issue(desk, manager, name=f"Site {n}") for n in range(6)]

        with django_assert_max_num_queries(5):
            page = html_of(as_manager.get(address))

        assert all(f"<code>{one.key.prefix}…</code>" in page for one in issued)
        assert not any(one.text in page for one in issued)

    def test_makes_a_key_and_shows_it_once(self, as_manager, address, desk):
        data = {"name": "Site", "scopes": ["read:published", "read:all"], "expires": 90}

        response = as_manager.post(address, data)

        text, key = response.context["issued"].text, ApiKey.objects.get(desk=desk)
        assert f'value="{text}"' in html_of(response)
        assert response["Cache-Control"] == "no-store"
        assert text not in html_of(as_manager.get(address))
        assert api_keys.recognise(text=text, at=timezone.now()) == key
        assert key.scopes == ["read:all", "read:published"]
        assert timedelta(days=89) < key.expires_at - timezone.now() <= timedelta(days=90)

    def test_makes_one_that_never_ends(self, as_manager, address):
        as_manager.post(address, {"name": "Site", "scopes": "read:published", "expires": 0})

        assert ApiKey.objects.get().expires_at is None

    @pytest.mark.parametrize(
        "said", [{"name": " "}, {"scopes": []}, {"scopes": "write:all"}, {"expires": "7"}]
    )
    def test_says_what_is_wrong(self, as_manager, address, said):
        data = {"name": "Site", "scopes": ["read:published"], "expires": 30} | said

        response = as_manager.post(address, data)

        assert response.status_code == 422
        assert "field__error" in html_of(response)
        assert not ApiKey.objects.exists()

    def test_revokes_one(self, as_manager, manager, desk, address):
        issued = issue(desk, manager)

        revoke(as_manager, issued.key)

        assert api_keys.recognise(text=issued.text, at=timezone.now()) is None
        assert "revoked" in html_of(as_manager.get(address))

    def test_says_that_a_key_stopped_with_its_maker(self, as_manager, desk, address):
        gone = UserFactory(on=desk, role="manager")
        issue(desk, gone)
        gone.memberships.all().delete()

        assert "its maker left the desk" in html_of(as_manager.get(address))

    @pytest.mark.parametrize("who", ["annotator", "reviewer", "outsider"])
    def test_are_revoked_by_managers_only(self, request, manager, desk, who):
        issued = issue(desk, manager)

        response = revoke(logged_in(request.getfixturevalue(who)), issued.key)

        assert response.status_code == 404
        assert api_keys.recognise(text=issued.text, at=timezone.now())

    def test_of_a_foreign_desk_are_out_of_reach(self, as_manager):
        foreign = DeskFactory()
        issued = issue(foreign, UserFactory(on=foreign, role="manager"))

        assert revoke(as_manager, issued.key).status_code == 404
