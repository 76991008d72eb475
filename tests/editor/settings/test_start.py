"""Settings: where they begin, and that nobody opens those of a desk they do not manage."""

import pytest
from django.urls import reverse

from annotations.editor.settings.frame import OF_DESK, PERSONAL
from tests.editor.conftest import html_of
from tests.factories import DeskFactory

START = reverse("editor:settings")
NAMES = [one.name for one in OF_DESK]


class TestStart:
    def test_lists_ones_own_pages_and_those_of_the_desks_one_manages(
        self, as_manager, desk, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(6):
            page = html_of(as_manager.get(START))

        assert all(f'href="{reverse(f"editor:{one.name}")}"' in page for one in PERSONAL)
        assert all(
            f'href="{reverse(f"editor:{name}", args=[desk.slug])}"' in page for name in NAMES
        )

    def test_lists_no_desk_for_an_annotator(self, as_annotator, desk):
        assert f"/desks/{desk.slug}/" not in html_of(as_annotator.get(START))

    def test_asks_who_it_is(self, client, db):
        assert client.get(START).url.startswith(reverse("editor:login"))


class TestPermissions:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("who", ["as_annotator", "as_reviewer", "as_outsider"])
    def test_no_page_of_a_desk_is_there_for(self, request, desk, who, name, method):
        address = reverse(f"editor:{name}", args=[desk.slug])

        response = getattr(request.getfixturevalue(who), method)(address)

        assert response.status_code == 404

    @pytest.mark.parametrize("name", NAMES)
    def test_a_manager_opens_the_pages_of_the_own_desk_only(
        self, as_manager, desk, name, django_assert_max_num_queries
    ):
        foreign = DeskFactory()

        with django_assert_max_num_queries(5):
            own = as_manager.get(reverse(f"editor:{name}", args=[desk.slug]))

        assert own.status_code == 200
        assert as_manager.get(reverse(f"editor:{name}", args=[foreign.slug])).status_code == 404
