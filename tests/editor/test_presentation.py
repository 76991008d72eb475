import pytest
from django.urls import reverse

from annotations.models import Desk
from tests.editor.conftest import html_of


@pytest.fixture
def address(desk):
    return reverse("editor:presentation", args=[desk.slug])


def said(desk, **changed):
    return {"version": Desk.objects.get(pk=desk.pk).version, **changed}


class TestPresentation:
    def test_takes_what_a_manager_decided(self, as_manager, address, desk):
        as_manager.post(address, said(desk, publishes_publicly="on", methodology="Deux fois."))

        desk.refresh_from_db()
        assert (desk.publishes_publicly, desk.methodology) == (True, "Deux fois.")
        assert "Deux fois." in html_of(as_manager.get(address))

    def test_says_beside_the_field_what_is_wrong(self, as_manager, address, desk):
        response = as_manager.post(
            address, said(desk, site_url="journal", methodology="Deux fois.")
        )

        page = html_of(response)
        assert response.status_code == 422
        assert "A web address begins with" in page
        assert "Deux fois." in page

    def test_does_not_write_over_a_colleague_unseen(self, as_manager, address, desk):
        mine = said(desk, methodology="Une fois.")
        as_manager.post(address, said(desk, methodology="Deux fois.", publishes_publicly="on"))

        refused = as_manager.post(address, mine)
        stood = Desk.objects.get(pk=desk.pk).methodology
        as_manager.post(address, mine | {"version": refused.context["form"]["version"].value()})

        assert "changed in the meantime" in html_of(refused)
        assert "Une fois.</textarea>" in html_of(refused)
        assert [value for _name, value in refused.context["stands"]] == ["yes", "Deux fois."]
        assert stood == "Deux fois."
        assert Desk.objects.get(pk=desk.pk).methodology == "Une fois."

    def test_is_not_there_for_a_reviewer(self, as_reviewer, address):
        assert as_reviewer.get(address).status_code == 404

    def test_is_offered_to_managers_only(self, as_manager, as_reviewer, address):
        start = reverse("editor:settings")

        assert address in html_of(as_manager.get(start))
        assert address not in html_of(as_reviewer.get(start))
