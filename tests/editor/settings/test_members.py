import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Membership, User
from tests.editor.conftest import html_of, logged_in
from tests.factories import PASSWORD, DeskFactory, UserFactory

NEW = "a-much-longer-battery"


@pytest.fixture
def address(desk):
    return reverse("editor:members", args=[desk.slug])


@pytest.fixture
def membership(desk, annotator):
    return Membership.objects.get(desk=desk, user=annotator)


def step(client, name, membership, **data):
    return client.post(reverse(f"editor:member-{name}", args=[membership.pk]), data)


def invite(client, desk, **said):
    data = {"username": "noa", "display_name": "Noa", "role": "annotator"} | said
    named = {f"invite-{name}": value for name, value in data.items()}
    return client.post(reverse("editor:member-invite", args=[desk.slug]), named)


class TestMembers:
    def test_shows_everybody_in_few_queries(
        self, as_manager, address, desk, django_assert_max_num_queries
    ):
        UserFactory.create_batch(6, on=desk)

        with django_assert_max_num_queries(5):
            response = as_manager.get(address)

        assert len(response.context["rows"]) == 7
        assert response.context["rows"][0].role == "manager"

    def test_adds_somebody_who_has_an_account(self, as_manager, address, desk):
        sacha = UserFactory(username="sacha")

        response = as_manager.post(address, {"add-who": "sacha", "add-role": "reviewer"})

        assert response.url == f"{address}?saved=1"
        assert Membership.objects.get(desk=desk, user=sacha).role == "reviewer"

    def test_says_beside_the_field_that_nobody_has_the_name(self, as_manager, address):
        response = as_manager.post(address, {"add-who": "nobody", "add-role": "reviewer"})

        assert response.status_code == 422
        assert "Nobody here has this name." in html_of(response)

    def test_changes_a_role(self, as_manager, membership):
        step(as_manager, "role", membership, role="reviewer", seen="annotator")

        membership.refresh_from_db()
        assert membership.role == "reviewer"

    def test_says_that_somebody_was_faster(self, as_manager, membership):
        response = step(as_manager, "role", membership, role="manager", seen="reviewer")

        assert response.status_code == 409
        assert "changed in the meantime" in html_of(response)

    def test_removes_somebody(self, as_manager, membership):
        step(as_manager, "remove", membership)

        assert not Membership.objects.filter(pk=membership.pk).exists()

    def test_says_why_the_last_manager_stays(self, as_manager, manager):
        own = Membership.objects.get(user=manager)

        response = step(as_manager, "remove", own)

        assert response.status_code == 422
        assert "at least one manager" in html_of(response)

    def test_leads_who_left_a_desk_to_what_is_left(self, as_manager, manager, desk):
        UserFactory(on=desk, role="manager")

        response = step(as_manager, "remove", Membership.objects.get(user=manager))

        assert response.url.startswith(reverse("editor:settings"))
        assert as_manager.get(response.url).status_code == 200

    @pytest.mark.parametrize("name", ["role", "remove", "link"])
    @pytest.mark.parametrize("who", ["as_annotator", "as_reviewer", "as_outsider"])
    def test_is_changed_by_managers_only(self, request, membership, who, name):
        response = step(request.getfixturevalue(who), name, membership, role="manager")

        assert response.status_code == 404
        assert Membership.objects.get(pk=membership.pk).role == "annotator"

    def test_of_a_foreign_desk_are_out_of_reach(self, as_manager):
        foreign = Membership.objects.get(user=UserFactory(on=DeskFactory()))

        assert step(as_manager, "remove", foreign).status_code == 404


class TestInvitation:
    def test_shows_the_link_once_and_lets_its_owner_in(self, as_manager, desk, address):
        response = invite(as_manager, desk)
        link = response.context["link"]

        noa = Client()
        form = noa.get(link, follow=True)
        done = noa.post(
            form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW}, follow=True
        )

        assert response["Cache-Control"] == "no-store"
        assert link not in html_of(as_manager.get(address))
        assert User.objects.get(username="noa").check_password(NEW)
        assert done.context["user"].username == "noa"
        assert "no longer works" in html_of(Client().get(link))

    def test_asks_for_a_password_that_is_long_enough(self, as_manager, desk):
        noa = Client()
        form = noa.get(invite(as_manager, desk).context["link"], follow=True)

        again = noa.post(
            form.request["PATH_INFO"], {"new_password1": "short", "new_password2": "short"}
        )

        assert "at least 12" in html_of(again)
        assert not User.objects.get(username="noa").has_usable_password()

    def test_a_new_link_ends_the_one_before(self, as_manager, desk):
        first = invite(as_manager, desk).context["link"]
        awaited = Membership.objects.get(user__username="noa")

        second = step(as_manager, "link", awaited).context["link"]

        assert "no longer works" in html_of(Client().get(first))
        assert Client().get(second, follow=True).context["validlink"]

    def test_keeps_what_was_typed_when_it_is_refused(self, as_manager, desk, annotator):
        response = invite(as_manager, desk, username=annotator.username, display_name="Noa Ex")

        assert response.status_code == 422
        assert "Somebody has this user name already." in html_of(response)
        assert 'value="Noa Ex"' in html_of(response)

    @pytest.mark.parametrize("who", ["as_annotator", "as_reviewer", "as_outsider"])
    def test_is_for_managers_only(self, request, desk, who):
        assert invite(request.getfixturevalue(who), desk).status_code == 404
        assert not User.objects.filter(username="noa").exists()


class TestPassword:
    ADDRESS = reverse("editor:password")

    def test_is_changed_and_one_stays_logged_in(self, annotator):
        here = logged_in(annotator)
        data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}

        response = here.post(self.ADDRESS, data, follow=True)

        annotator.refresh_from_db()
        assert annotator.check_password(NEW)
        assert "Saved." in html_of(response)

    def test_is_not_changed_without_the_old_one(self, as_annotator, annotator):
        data = {"old_password": "guess", "new_password1": NEW, "new_password2": NEW}

        response = as_annotator.post(self.ADDRESS, data)

        annotator.refresh_from_db()
        assert annotator.check_password(PASSWORD)
        assert "field--wrong" in html_of(response)

    def test_is_nobodys_who_is_not_logged_in(self, client, db):
        assert client.get(self.ADDRESS).url.startswith(reverse("editor:login"))
