import pytest
from django.urls import reverse

from annotations.models import AuditEvent, Desk
from tests.editor.conftest import html_of, logged_in
from tests.factories import ArticleFactory, UserFactory, annotated, approved

CREATE = reverse("editor:desk-create")


@pytest.fixture
def address(desk):
    return reverse("editor:desk-rules", args=[desk.slug])


def said(desk=None, **changed):
    data = {
        "name": "Politique",
        "language": "fr",
        "annotators_needed": 1,
        "second_person_approves": "on",
        "credit": "role",
        "rating_scale": "Faux | False\nPlutôt faux | Mostly false\nVrai | True",
        "engine": "standard",
    }
    version = {"version": Desk.objects.get(pk=desk.pk).version} if desk else {}
    return data | version | changed


class TestRules:
    def test_shows_what_stands_in_few_queries(
        self, as_manager, address, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(4):
            page = html_of(as_manager.get(address))

        assert "Plutôt faux | Mostly false" in page
        assert 'name="second_person_approves"' in page

    def test_keeps_them(self, as_manager, address, desk):
        as_manager.post(address, said(desk, is_blind="on", evidence_required="on"))

        desk.refresh_from_db()
        assert (desk.name, desk.is_blind, desk.evidence_required) == ("Politique", True, True)
        assert [row["value"] for row in desk.rating_scale] == [1, 2, 3]

    def test_says_what_the_change_did(self, as_manager, address, desk, annotator):
        annotated(ArticleFactory(desk=desk).sentences.first(), by=annotator)

        response = as_manager.post(address, said(desk, annotators_needed=2), follow=True)

        assert "counted anew in one article" in html_of(response)

    def test_takes_no_scale_for_no_ratings(self, as_manager, address, desk):
        as_manager.post(address, said(desk, rating_scale=""))

        desk.refresh_from_db()
        assert desk.rating_scale == []

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"rating_scale": "Faux | False\nVrai"}, "Line 2"),
            ({"rating_scale": "Faux | False"}, "from 2 to 10 ratings"),
            ({"annotators_needed": 0}, "greater than or equal to 1"),
            ({"engine": "chat"}, "No language model is set up"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, as_manager, address, desk, changed, words
    ):
        response = as_manager.post(address, said(desk, name="Typed", **changed))

        assert response.status_code == 422
        assert words in html_of(response)
        assert 'value="Typed"' in html_of(response)

    def test_does_not_write_over_a_colleague_unseen(self, as_manager, address, desk):
        mine = said(desk, name="Mine")
        as_manager.post(address, said(desk, name="Theirs"))

        refused = as_manager.post(address, mine)
        stands = Desk.objects.get(pk=desk.pk).name
        as_manager.post(address, mine | {"version": refused.context["form"]["version"].value()})

        assert "changed in the meantime" in html_of(refused)
        assert refused.context["stands"] == [("Name", "Theirs")]
        assert stands == "Theirs"
        assert Desk.objects.get(pk=desk.pk).name == "Mine"

    def test_leaves_what_is_approved(self, as_manager, address, desk, annotator, reviewer):
        sentence = ArticleFactory(desk=desk).sentences.first()
        verdict = approved(sentence, annotator=annotator, reviewer=reviewer)

        as_manager.post(address, said(desk, annotators_needed=3, evidence_required="on"))

        verdict.refresh_from_db()
        assert verdict.state == "approved"


class TestCreate:
    def test_is_for_the_administration_only(self, as_manager):
        response = as_manager.post(CREATE, said(slug="sport"))

        assert response.status_code == 403
        assert not Desk.objects.filter(slug="sport").exists()
        assert CREATE not in html_of(as_manager.get(reverse("editor:settings")))

    def test_makes_a_desk(self, db):
        chief = logged_in(UserFactory(is_superuser=True))

        offered = html_of(chief.get(reverse("editor:settings")))
        response = chief.post(CREATE, said(slug="sport"))

        assert CREATE in offered
        assert response.url == f"{reverse('editor:members', args=['sport'])}?saved=1"
        assert AuditEvent.objects.get().action == "desk.created"

    def test_says_that_the_short_name_is_taken(self, desk):
        chief = logged_in(UserFactory(is_superuser=True))

        response = chief.post(CREATE, said(slug=desk.slug))

        assert response.status_code == 422
        assert "This short name is taken" in html_of(response)
