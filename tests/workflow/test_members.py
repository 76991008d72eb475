import pytest
from django.contrib.auth.tokens import default_token_generator

from annotations.models import Annotation, AuditEvent, Membership, User
from annotations.workflow import members
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.members import Newcomer
from tests.concurrency import at_once
from tests.factories import ArticleFactory, UserFactory, annotated


@pytest.fixture
def membership(desk, annotator):
    return Membership.objects.get(desk=desk, user=annotator)


def event():
    return AuditEvent.objects.latest("pk")


class TestAdd:
    @pytest.mark.parametrize("who", ["sacha", " sacha ", "Sacha@Journal.example"])
    def test_finds_by_name_or_address_and_leaves_a_trace(self, desk, manager, now, who):
        sacha = UserFactory(username="sacha", email="sacha@journal.example")

        membership = members.add(desk=desk, who=who, role="reviewer", by=manager, at=now)

        assert (membership.user, membership.role) == (sacha, "reviewer")
        assert (event().action, event().actor, event().desk) == ("member.added", manager, desk)
        assert event().after == {"user": sacha.pk, "username": "sacha", "role": "reviewer"}

    def test_refuses_somebody_who_is_a_member(self, desk, manager, annotator, now):
        with pytest.raises(members.AlreadyMember):
            members.add(desk=desk, who=annotator.username, role="reviewer", by=manager, at=now)

    def test_refuses_an_address_of_two_people(self, desk, manager, now):
        UserFactory.create_batch(2, email="desk@journal.example")

        with pytest.raises(BadInput, match="Several people"):
            members.add(desk=desk, who="desk@journal.example", role="reviewer", by=manager, at=now)

    @pytest.mark.parametrize("who", ["", "nobody"])
    def test_refuses_a_name_that_nobody_has(self, desk, manager, now, who):
        with pytest.raises(BadInput):
            members.add(desk=desk, who=who, role="annotator", by=manager, at=now)

    def test_refuses_an_account_that_is_switched_off(self, desk, manager, now):
        UserFactory(username="gone", is_active=False)

        with pytest.raises(BadInput, match="switched off"):
            members.add(desk=desk, who="gone", role="annotator", by=manager, at=now)

    def test_refuses_a_role_that_there_is_not(self, desk, manager, now):
        UserFactory(username="sacha")

        with pytest.raises(BadInput):
            members.add(desk=desk, who="sacha", role="owner", by=manager, at=now)

    @pytest.mark.parametrize("who", ["annotator", "reviewer", "outsider"])
    def test_refuses_who_is_no_manager(self, desk, now, request, who):
        UserFactory(username="sacha")

        with pytest.raises(NotAllowed):
            members.add(
                desk=desk, who="sacha", role="annotator", by=request.getfixturevalue(who), at=now
            )


class TestInvite:
    def test_makes_an_account_whose_owner_chooses_the_password(self, desk, manager, now):
        newcomer = Newcomer("noa", "Noa Exemple", "noa@journal.example")

        invited = members.invite(desk=desk, newcomer=newcomer, role="reviewer", by=manager, at=now)

        user = User.objects.get(username="noa")
        assert (user.name, user.email) == ("Noa Exemple", "noa@journal.example")
        assert not user.has_usable_password()
        assert members.is_awaited(user)
        assert invited.membership.role == "reviewer"
        assert default_token_generator.check_token(user, invited.token)
        assert event().action == "member.invited"
        assert invited.token not in str(event().after)

    @pytest.mark.parametrize(
        ("newcomer", "field"),
        [
            (Newcomer(""), "username"),
            (Newcomer("two words"), "username"),
            (Newcomer("SACHA"), "username"),
            (Newcomer("noa", email="nowhere"), "email"),
            (Newcomer("noa", email="SACHA@journal.example"), "email"),
        ],
    )
    def test_refuses_what_cannot_be_an_account(self, desk, manager, now, newcomer, field):
        UserFactory(username="sacha", email="sacha@journal.example")

        with pytest.raises(BadInput) as refusal:
            members.invite(desk=desk, newcomer=newcomer, role="annotator", by=manager, at=now)

        assert refusal.value.field == field
        assert not User.objects.filter(username="noa").exists()

    def test_gives_a_new_link_and_ends_the_one_before(self, desk, manager, now):
        first = members.invite(
            desk=desk, newcomer=Newcomer("noa"), role="annotator", by=manager, at=now
        )

        second = members.invite_again(membership=first.membership, by=manager, at=now)

        user = User.objects.get(username="noa")
        assert not default_token_generator.check_token(user, first.token)
        assert default_token_generator.check_token(user, second.token)

    def test_gives_no_link_to_somebody_who_has_a_password(self, membership, manager, now):
        with pytest.raises(members.AlreadyHere):
            members.invite_again(membership=membership, by=manager, at=now)


class TestChangeRole:
    def test_changes_it_and_leaves_a_trace(self, membership, manager, now):
        members.change_role(
            membership=membership, role="manager", by=manager, at=now, based_on="annotator"
        )

        membership.refresh_from_db()
        assert membership.role == "manager"
        assert (event().before["role"], event().after["role"]) == ("annotator", "manager")

    def test_refuses_what_is_based_on_another_role(self, membership, manager, now):
        with pytest.raises(StaleWrite):
            members.change_role(
                membership=membership, role="manager", by=manager, at=now, based_on="reviewer"
            )

    def test_leaves_no_trace_where_nothing_changes(self, membership, manager, now):
        members.change_role(
            membership=membership, role="annotator", by=manager, at=now, based_on="annotator"
        )

        assert not AuditEvent.objects.exists()

    def test_refuses_to_take_the_role_of_the_last_manager(self, desk, manager, now):
        UserFactory(on=desk, role="manager", is_active=False)
        own = Membership.objects.get(user=manager)

        with pytest.raises(members.LastManager):
            members.change_role(
                membership=own, role="reviewer", by=manager, at=now, based_on="manager"
            )

        own.refresh_from_db()
        assert own.role == "manager"


class TestRemove:
    def test_ends_the_membership_and_keeps_the_work(
        self, desk, membership, annotator, manager, now
    ):
        annotated(ArticleFactory(desk=desk).sentences.first(), by=annotator)

        members.remove(membership=membership, by=manager, at=now)

        assert not Membership.objects.filter(user=annotator).exists()
        assert Annotation.objects.filter(author=annotator).count() == 1
        assert (event().action, event().before["username"]) == (
            "member.removed",
            annotator.username,
        )

    def test_frees_the_articles_that_the_person_had_to_see_to(
        self, desk, membership, annotator, manager, now
    ):
        left, done = ArticleFactory.create_batch(2, desk=desk, assignee=annotator)
        for sentence in done.sentences.all():
            annotated(sentence, by=annotator)

        members.remove(membership=membership, by=manager, at=now)

        left.refresh_from_db()
        done.refresh_from_db()
        assert (left.assignee, done.assignee) == (None, annotator)
        assert AuditEvent.objects.filter(action="article.assigned", article=left).count() == 1

    def test_refuses_the_last_manager(self, manager, now):
        with pytest.raises(members.LastManager):
            members.remove(membership=Membership.objects.get(user=manager), by=manager, at=now)

    def test_lets_one_of_two_managers_go(self, desk, manager, now):
        UserFactory(on=desk, role="manager")

        members.remove(membership=Membership.objects.get(user=manager), by=manager, at=now)

        assert not Membership.objects.filter(user=manager).exists()

    def test_refuses_somebody_who_is_gone(self, membership, manager, now):
        members.remove(membership=membership, by=manager, at=now)

        with pytest.raises(members.Gone):
            members.remove(membership=membership, by=manager, at=now)

    @pytest.mark.parametrize("who", ["annotator", "reviewer", "outsider"])
    def test_refuses_who_is_no_manager(self, desk, manager, now, request, who):
        by = request.getfixturevalue(who)

        with pytest.raises(NotAllowed):
            members.remove(membership=Membership.objects.get(user=manager), by=by, at=now)


class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_two_managers_who_remove_each_other_leave_one(self, desk, now):
        people = [UserFactory(on=desk, role="manager") for _ in range(2)]
        first, second = [Membership.objects.get(user=one) for one in people]

        outcomes = at_once(
            lambda: members.remove(membership=second, by=people[0], at=now),
            lambda: members.remove(membership=first, by=people[1], at=now),
        )

        assert Membership.objects.filter(desk=desk, role="manager").count() == 1
        assert len([one for one in outcomes if isinstance(one, NotAllowed)]) == 1
