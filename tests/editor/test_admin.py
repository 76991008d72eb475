import pytest
from django.urls import reverse

from annotations.models import AuditEvent
from tests.editor.conftest import html_of, logged_in
from tests.factories import ArticleFactory, UserFactory, published

READ_ONLY = ["apikey", "article", "auditevent", "extractionrun", "publication", "verdict"]


def save(client, desk, **changed):
    """Send the form of the desk as it was shown, with these changes."""
    address = reverse("admin:annotations_desk_change", args=[desk.pk])
    form = client.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in shown.items() if value not in (None, False)}
    rows = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    return client.post(address, given | {"rating_scale": "[]"} | rows | changed)


@pytest.fixture
def as_administrator(db):
    return logged_in(UserFactory(is_staff=True, is_superuser=True))


class TestAdmin:
    @pytest.mark.parametrize("name", [*READ_ONLY, "desk", "user"])
    def test_lists(self, as_administrator, annotator, reviewer, desk, name):
        sentence = ArticleFactory(desk=desk).sentences.first()
        published(sentence, annotator=annotator, reviewer=reviewer)

        response = as_administrator.get(reverse(f"admin:annotations_{name}_changelist"))

        assert response.status_code == 200

    @pytest.mark.parametrize("name", READ_ONLY)
    def test_adds_no_work(self, as_administrator, name):
        response = as_administrator.get(reverse(f"admin:annotations_{name}_add"))

        assert response.status_code == 403

    def test_changes_no_publication(self, as_administrator, annotator, reviewer, desk):
        sentence = ArticleFactory(desk=desk).sentences.first()
        out = published(sentence, annotator=annotator, reviewer=reviewer)
        address = reverse("admin:annotations_publication_change", args=[out.pk])

        response = as_administrator.post(address, {"label": "disputed"})

        assert response.status_code == 403

    def test_chooses_a_desk_s_engine_with_a_trace(self, as_administrator, desk):
        response = save(as_administrator, desk, engine="fast")

        desk.refresh_from_db()
        event = AuditEvent.objects.get(action="desk.engine_chosen")
        assert (response.status_code, desk.engine) == (302, "fast")
        assert (event.before, event.after) == ({"engine": "standard"}, {"engine": "fast"})

    def test_says_that_a_model_is_not_set_up(self, as_administrator, desk):
        response = save(as_administrator, desk, engine="chat")

        desk.refresh_from_db()
        assert "No language model is set up" in html_of(response)
        assert desk.engine == "standard"

    def test_changes_a_desk_and_its_members(self, as_administrator, annotator, desk):
        response = as_administrator.get(reverse("admin:annotations_desk_change", args=[desk.pk]))

        assert "memberships-0-user" in response.content.decode()
