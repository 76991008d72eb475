from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.models import ApiKey, Desk, IdempotentRequest
from annotations.workflow import api_keys
from tests.api.conftest import problem
from tests.factories import DeskFactory


class TestScales:
    def test_says_what_labels_and_ratings_mean(self, as_key, desk):
        body = as_key("read:published").get(f"/scales/{desk.slug}/").json()

        assert body["desk"] == desk.slug
        assert [label["value"] for label in body["labels"]] == [
            "verified",
            "unverified",
            "disputed",
        ]
        assert body["labels"][0]["fr"] == "Vérifié"
        assert body["ratings"] == [
            {"en": "False", "fr": "Faux", "value": 1},
            {"en": "Mostly false", "fr": "Plutôt faux", "value": 2},
            {"en": "True", "fr": "Vrai", "value": 3},
        ]

        assert (body["worst"], body["best"]) == (1, 3)

    def test_lists_the_scales_of_all_desks_that_one_is_on(
        self, as_user, annotator, desk, django_assert_num_queries
    ):
        for _ in range(4):
            annotator.memberships.create(desk=DeskFactory())
        caller = as_user(annotator)

        with django_assert_num_queries(3):  # session, person, desks
            body = caller.get("/scales/").json()

        assert len(body) == 5
        assert desk.slug in {one["desk"] for one in body}

    def test_says_that_nothing_is_rated(self, as_key, desk):
        Desk.objects.update(rating_scale=[])

        [body] = as_key("read:published").get("/scales/").json()

        assert (body["ratings"], body["worst"], body["best"]) == ([], None, None)

    def test_knows_no_desks_of_others(self, as_key):
        response = as_key("read:published").get(f"/scales/{DeskFactory().slug}/")

        problem(response, status=404, code="not_found")


class TestMakeKey:
    def test_shows_its_text_once(self, as_user, manager):
        caller = as_user(manager)
        body = {"name": "CMS", "scopes": ["read:published"]}

        response = caller.post("/keys/", body)
        listed = caller.get("/keys/").json()["results"]

        made = response.json()
        assert response.status_code == 201
        assert made["key"].startswith(f"{made['prefix']}.")
        assert response["Cache-Control"] == "no-store"
        assert [key["prefix"] for key in listed] == [made["prefix"]]
        assert "key" not in listed[0]

    def test_gives_a_key_that_opens(self, as_user, manager, nobody):
        body = {"name": "CMS", "scopes": ["read:published"]}
        text = as_user(manager).post("/keys/", body).json()["key"]

        response = nobody.get("/publications/", headers={"Authorization": f"Api-Key {text}"})

        assert response.status_code == 200

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"scopes": ["read:all"]}, "/name"),
            ({"name": "CMS"}, "/scopes"),
            ({"name": "CMS", "scopes": []}, "/scopes"),
            ({"name": "CMS", "scopes": ["read:minds"]}, "/scopes/0"),
            ({"name": "CMS", "scopes": "read:all"}, "/scopes"),
            ({"name": "x" * 151, "scopes": ["read:all"]}, "/name"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, as_user, manager, body, pointer):
        response = as_user(manager).post("/keys/", body)

        [error] = problem(response, status=400, code="bad_input")["errors"]
        assert error["pointer"] == pointer

    @pytest.mark.parametrize("role", ["annotator", "reviewer"])
    def test_is_for_managers(self, as_user, role, request):
        person = request.getfixturevalue(role)
        body = {"name": "CMS", "scopes": ["read:published"]}

        problem(as_user(person).post("/keys/", body), status=403, code="not_allowed")
        problem(as_user(person).get("/keys/"), status=403, code="not_allowed")

    def test_is_not_for_keys(self, as_key):
        every = as_key(*ApiKey.Scope.values)

        problem(every.get("/keys/"), status=403, code="scope_missing")
        problem(every.post("/keys/", {}), status=403, code="scope_missing")


class TestRepeatedRequest:
    def test_makes_one_key_and_shows_the_same_text(self, as_user, manager, nobody):
        caller, headers = as_user(manager), {"Idempotency-Key": "k-1"}
        body = {"name": "CMS", "scopes": ["read:published"]}

        first, second = (caller.post("/keys/", body, headers=headers) for _ in range(2))

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()
        assert ApiKey.objects.count() == 1
        text = second.json()["key"]
        known = nobody.get("/publications/", headers={"Authorization": f"Api-Key {text}"})
        assert known.status_code == 200
        kept = IdempotentRequest.objects.get().answer
        assert text.partition(".")[2] not in str(kept)

    def test_refuses_another_body(self, as_user, manager):
        caller, headers = as_user(manager), {"Idempotency-Key": "k-1"}
        body = {"name": "CMS", "scopes": ["read:published"]}
        caller.post("/keys/", body, headers=headers)

        again = caller.post("/keys/", body | {"name": "Other"}, headers=headers)

        problem(again, status=422, code="idempotency_key_reused")


class TestListKeys:
    def test_asks_the_database_a_fixed_number_of_times(
        self, as_user, manager, desk, django_assert_num_queries
    ):
        for number in range(6):
            api_keys.issue(
                desk=desk, name=str(number), scopes=["read:all"], by=manager, at=timezone.now()
            )
        caller = as_user(manager)

        with django_assert_num_queries(5):  # the session, the person, the desks, the role, the keys
            response = caller.get("/keys/")

        assert len(response.json()["results"]) == 6


class TestRevokeKey:
    def test_closes_the_door(self, as_user, as_key, manager):
        holder = as_key("read:published")
        key = ApiKey.objects.get()

        response = as_user(manager).delete(f"/keys/{key.pk}/")

        assert response.status_code == 204
        problem(holder.get("/publications/"), status=401, code="authentication_failed")

    def test_is_for_managers(self, as_user, as_key, annotator, outsider):
        as_key("read:published")
        key = ApiKey.objects.get()

        annotators = as_user(annotator).delete(f"/keys/{key.pk}/")
        outsiders = as_user(outsider).delete(f"/keys/{key.pk}/")

        problem(annotators, status=403, code="not_allowed")
        problem(outsiders, status=404, code="not_found")


class TestExpiredKey:
    def test_opens_nothing(self, manager, desk, nobody):
        past = timezone.now() - timedelta(seconds=1)
        issued = api_keys.issue(
            desk=desk,
            name="CMS",
            scopes=["read:all"],
            by=manager,
            at=past,
            expires_at=past,
        )

        response = nobody.get("/publications/", headers={"Authorization": f"Api-Key {issued.text}"})

        problem(response, status=401, code="authentication_failed")
