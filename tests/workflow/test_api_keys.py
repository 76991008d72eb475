from datetime import timedelta

import pytest

from annotations.models import ApiKey, AuditEvent, Membership
from annotations.workflow import api_keys
from annotations.workflow.errors import BadInput, NotAllowed


@pytest.fixture
def issued(desk, manager, now):
    return api_keys.issue(
        desk=desk, name="Le Journal", scopes=["read:published"], by=manager, at=now
    )


class TestIssue:
    def test_shows_the_secret_once_and_keeps_only_its_digest(self, desk, manager, issued, now):
        prefix, _, secret = issued.text.partition(".")

        key = ApiKey.objects.get()
        assert (key.prefix, key.desk, key.created_by, key.created_at) == (
            prefix,
            desk,
            manager,
            now,
        )
        assert len(secret) >= 40
        kept = [str(value) for value in ApiKey.objects.values_list().get()]
        events = [str(event.after) for event in AuditEvent.objects.all()]
        assert not [value for value in kept + events if secret in value]

    def test_leaves_an_audit_event(self, desk, manager, issued, now):
        event = AuditEvent.objects.get()

        assert (event.action, event.actor, event.at) == ("api_key.issued", manager, now)
        assert event.after == {
            "name": "Le Journal",
            "prefix": issued.key.prefix,
            "scopes": ["read:published"],
        }

    def test_makes_another_secret_each_time(self, desk, manager, issued, now):
        other = api_keys.issue(desk=desk, name="b", scopes=["read:all"], by=manager, at=now)

        assert other.text.split(".")[0] != issued.key.prefix
        assert other.text.split(".")[1] != issued.text.split(".")[1]

    @pytest.mark.parametrize("scopes", [[], ["read:everything"], ["read:all", ""]])
    def test_refuses_scopes_that_are_none(self, desk, manager, now, scopes):
        with pytest.raises(BadInput) as caught:
            api_keys.issue(desk=desk, name="a", scopes=scopes, by=manager, at=now)

        assert caught.value.field == "scopes"

    def test_refuses_a_key_without_a_name(self, desk, manager, now):
        with pytest.raises(BadInput) as caught:
            api_keys.issue(desk=desk, name=" ", scopes=["read:all"], by=manager, at=now)

        assert caught.value.field == "name"

    def test_is_for_managers(self, desk, reviewer, outsider, now):
        for person in (reviewer, outsider):
            with pytest.raises(NotAllowed):
                api_keys.issue(desk=desk, name="a", scopes=["read:all"], by=person, at=now)

        assert not ApiKey.objects.exists()


class TestRecognise:
    def test_finds_the_key_with_its_desk_and_person(self, issued, now, django_assert_num_queries):
        with django_assert_num_queries(2):
            key = api_keys.recognise(text=issued.text, at=now)
            assert key.desk
            assert key.created_by

        assert key == issued.key

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda text: text + "a",
            lambda text: text[:-1],
            lambda text: "a" + text,
            lambda text: text.partition(".")[0],
            lambda text: text.partition(".")[0] + ".",
            lambda text: "",
            lambda text: text.upper(),
        ],
    )
    def test_refuses_a_wrong_key(self, issued, now, spoil):
        assert api_keys.recognise(text=spoil(issued.text), at=now) is None
        assert ApiKey.objects.get().last_used_at is None

    def test_refuses_a_revoked_key(self, issued, manager, now):
        api_keys.revoke(key=issued.key, by=manager, at=now)

        assert api_keys.recognise(text=issued.text, at=now) is None

    def test_refuses_a_key_from_the_moment_it_expires(self, desk, manager, now):
        end = now + timedelta(days=1)
        issued = api_keys.issue(
            desk=desk, name="a", scopes=["read:all"], by=manager, at=now, expires_at=end
        )

        assert api_keys.recognise(text=issued.text, at=end - timedelta(seconds=1))
        assert api_keys.recognise(text=issued.text, at=end) is None

    def test_refuses_the_key_of_somebody_deactivated(self, issued, manager, now):
        manager.is_active = False
        manager.save()

        assert api_keys.recognise(text=issued.text, at=now) is None

    def test_refuses_the_key_of_somebody_who_left_the_desk(self, issued, manager, outsider, now):
        Membership.objects.filter(user=manager).update(user=outsider)

        assert api_keys.recognise(text=issued.text, at=now) is None

    def test_keeps_the_key_of_somebody_who_manages_no_more(self, issued, manager, now):
        manager.memberships.update(role=Membership.Role.ANNOTATOR)

        assert api_keys.recognise(text=issued.text, at=now) == issued.key

    def test_notes_its_use_about_once_a_minute(self, issued, now, django_assert_num_queries):
        api_keys.recognise(text=issued.text, at=now)

        with django_assert_num_queries(1):
            api_keys.recognise(text=issued.text, at=now + timedelta(seconds=59))
        assert ApiKey.objects.get().last_used_at == now

        api_keys.recognise(text=issued.text, at=now + timedelta(seconds=60))
        assert ApiKey.objects.get().last_used_at == now + timedelta(seconds=60)


class TestRevoke:
    def test_keeps_the_first_moment(self, issued, manager, now):
        for at in (now, now + timedelta(days=1)):
            api_keys.revoke(key=issued.key, by=manager, at=at)

        assert ApiKey.objects.get().revoked_at == now
        assert AuditEvent.objects.filter(action="api_key.revoked").count() == 1

    def test_is_for_managers(self, issued, reviewer, outsider, now):
        for person in (reviewer, outsider):
            with pytest.raises(NotAllowed):
                api_keys.revoke(key=issued.key, by=person, at=now)

        assert ApiKey.objects.get().revoked_at is None
