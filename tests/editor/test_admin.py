import pytest
from django.urls import reverse

from tests.editor.conftest import logged_in
from tests.factories import ArticleFactory, UserFactory, published

READ_ONLY = ["apikey", "article", "auditevent", "extractionrun", "publication", "verdict"]


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

    def test_changes_a_desk_and_its_members(self, as_administrator, annotator, desk):
        response = as_administrator.get(reverse("admin:annotations_desk_change", args=[desk.pk]))

        assert "memberships-0-user" in response.content.decode()
