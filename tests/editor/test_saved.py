import pytest
from django.urls import reverse

from annotations.models import SavedView
from annotations.workflow import saved_views
from tests.editor.conftest import html_of, logged_in
from tests.factories import DeskFactory

VIEWS, SAVE = reverse("editor:views"), reverse("editor:view-save")


@pytest.fixture
def view(annotator, now):
    return saved_views.save(page="queue", name="À faire", query="state=open", by=annotator, at=now)


class TestTabs:
    def test_stand_above_the_queue(self, as_annotator, view):
        page = html_of(as_annotator.get("/?state=open"))

        assert 'href="/?state=open" aria-current="page">À faire</a>' in page
        assert "aria-current" not in html_of(as_annotator.get("/")).partition('id="tabs"')[2][:600]

    def test_follow_the_filters(self, as_annotator, view):
        headers = {"HX-Request": "true", "HX-Trigger": "filters"}

        page = html_of(as_annotator.get("/?state=open", headers=headers))

        assert 'hx-swap-oob="true"' in page
        assert 'name="list" value="state=open"' in page

    def test_are_not_drawn_anew_with_news(self, as_annotator, view):
        page = html_of(as_annotator.get("/?state=open", headers={"HX-Request": "true"}))

        assert "À faire" not in page


class TestSave:
    def test_shows_the_list_with_the_new_view(self, as_annotator, annotator):
        data = {"page": "queue", "name": "À faire", "query": "state=open"}

        response = as_annotator.post(SAVE, data)

        assert response.url == "/?state=open"
        assert SavedView.objects.get().owner == annotator

    def test_shares_with_a_desk_that_one_manages(self, manager, desk):
        data = {"page": "search", "name": "Nous", "query": "q=label:disputed", "desk": desk.slug}

        response = logged_in(manager).post(SAVE, data)

        assert response.url == "/search/?q=label%3Adisputed"
        assert SavedView.objects.get().desk == desk

    def test_keeps_for_oneself_what_one_may_not_share(self, as_annotator, desk):
        data = {"page": "queue", "name": "A", "query": "", "desk": desk.slug}

        as_annotator.post(SAVE, data)

        assert SavedView.objects.get().desk is None

    def test_says_why_not(self, as_annotator, view):
        data = {"page": "queue", "name": "À faire", "query": "state=done"}

        response = as_annotator.post(SAVE, data)

        assert response.status_code == 422
        assert "There is a view “À faire” already." in html_of(response)


class TestArrange:
    @pytest.mark.parametrize(
        ("data", "left"),
        [
            ({"do": "rename", "name": "Autre"}, ["Autre"]),
            ({"do": "up"}, ["À faire"]),
            ({"do": "down"}, ["À faire"]),
            ({"do": "delete"}, []),
        ],
    )
    def test_changes_a_view(self, as_annotator, view, data, left):
        response = as_annotator.post(reverse("editor:view", args=[view.pk]), data)

        assert response.url == VIEWS
        assert list(SavedView.objects.values_list("name", flat=True)) == left

    def test_shows_all_views_in_few_statements(
        self, as_annotator, annotator, now, view, django_assert_max_num_queries
    ):
        for number in range(5):
            saved_views.save(page="queue", name=str(number), query="", by=annotator, at=now)

        with django_assert_max_num_queries(4):
            page = html_of(as_annotator.get(VIEWS))

        assert page.count("Rename") == 6

    def test_says_why_not(self, as_annotator, view):
        response = as_annotator.post(
            reverse("editor:view", args=[view.pk]), {"do": "rename", "name": " "}
        )

        assert response.status_code == 422
        assert "A view has a name." in html_of(response)

    def test_finds_no_view_of_others(self, as_outsider, view):
        path = reverse("editor:view", args=[view.pk])

        assert as_outsider.post(path, {"do": "delete"}).status_code == 404
        assert not SavedView.objects.filter(desk=DeskFactory()).exists()
