"""Labels of several people come in as annotations of each, where a manager says who is who."""

import json

import pytest
from django.utils import translation

from annotations.models import Annotation, AuditEvent, Verdict
from annotations.workflow import import_words, imports
from annotations.workflow.errors import BadInput, NotAllowed
from tests.factories import UserFactory

TEXT = "La ville a dépensé 3 millions d’euros pour ses écoles en 2024."


@pytest.fixture
def camille(desk):
    return UserFactory(on=desk, username="camille")


@pytest.fixture
def leo(desk):
    return UserFactory(on=desk, username="leo", display_name="Léo")


@pytest.fixture
def bring(ask, carry, manager):
    """Import a task that accounts labelled, and have it carried out."""

    def bring(*given, people="7=camille;anna@a.example=leo", by=manager, **wish):
        task = {
            "data": {"text": TEXT, "lang": "fr"},
            "annotations": [{"completed_by": who, "result": [choice(word)]} for who, word in given],
        }
        content = json.dumps([task], ensure_ascii=False).encode()
        wish = {"format": "labelstudio", "options": {"people": people}} | wish
        work = ask(content, name="tasks.json", by=by, **wish)
        carry(work)
        return work

    return bring


def choice(word):
    return {"id": "c", "type": "choices", "value": {"choices": [word]}}


def given():
    rows = Annotation.objects.given().order_by("pk")
    return sorted(rows.values_list("author__username", "label"))


ANNA = {"id": 8, "email": "Anna@a.example"}


class TestPeople:
    def test_have_each_their_annotation(self, bring, camille, leo):
        work = bring((7, "Vrai"), (ANNA, "Faux"))

        assert given() == [("camille", "verified"), ("leo", "disputed")]
        assert (work.labels, work.faults.count()) == (2, 0)
        assert Verdict.objects.get().state == "contested"

    def test_are_counted_alike_in_a_dry_run(self, bring, camille, leo):
        work = bring((7, "Vrai"), (ANNA, "Vrai"), is_dry_run=True)

        assert work.labels == 2
        assert given() == []

    def test_that_nobody_named_leave_theirs_to_who_imports(self, bring, camille, leo, manager):
        bring((7, "Vrai"), (99, "Faux"), (None, "Faux"))

        assert given() == sorted([("camille", "verified"), (manager.username, "disputed")])

    def test_that_nobody_named_and_differ_are_told_by_what_the_file_calls_them(
        self, bring, annotator
    ):
        work = bring((7, "Vrai"), (ANNA, "Faux"), people="", by=annotator)

        assert given() == []
        fault = work.faults.get()
        assert (fault.code, fault.value) == ("people_differ", "Vrai (7), Faux (8, Anna@a.example)")

    def test_that_agree_are_one_where_nobody_named_them(self, bring, annotator):
        bring((7, "Vrai"), (ANNA, "Vrai"), people="", by=annotator)

        assert given() == [(annotator.username, "verified")]

    def test_are_not_doubled_by_the_same_file(self, bring, camille, leo):
        bring((7, "Vrai"), (ANNA, "Faux"))

        again = bring((7, "Vrai"), (ANNA, "Faux"))

        assert (again.labels, again.faults.count(), len(given())) == (0, 0, 2)

    def test_keep_what_they_said_themselves(self, bring, camille, leo):
        bring((ANNA, "Vrai"))

        work = bring((ANNA, "Faux"))

        assert given() == [("leo", "verified")]
        fault = work.faults.get()
        with translation.override("fr"):
            assert import_words.sentence(fault.code, fault.params).startswith("Léo a déjà étiqueté")

    def test_are_named_in_what_is_written_down_of_the_import(self, bring, camille, leo, manager):
        bring((7, "Vrai"))

        event = AuditEvent.objects.get(action="import.requested")
        assert event.actor == manager
        assert event.after["options"]["people"] == "7=camille;anna@a.example=leo"


class TestRequire:
    def test_refuses_who_manages_nothing(self, bring, camille, leo, annotator, reviewer):
        for person in (annotator, reviewer):
            with pytest.raises(NotAllowed):
                bring((7, "Vrai"), by=person)

        assert given() == []

    def test_refuses_strangers(self, bring, camille):
        UserFactory(username="leo")

        with pytest.raises(BadInput, match="“leo” is no member") as caught:
            bring((7, "Vrai"))

        assert caught.value.field == "people"

    @pytest.mark.parametrize("people", ["camille", "=camille", "7="])
    def test_refuses_a_line_that_names_nobody(self, bring, people):
        with pytest.raises(BadInput, match="says of no account"):
            bring((7, "Vrai"), people=people)

    def test_refuses_a_confirmation_by_who_manages_nothing(
        self, bring, camille, leo, reviewer, now
    ):
        work = bring((7, "Vrai"), is_dry_run=True)

        with pytest.raises(NotAllowed):
            imports.confirm(work=work, by=reviewer, at=now)
