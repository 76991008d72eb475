import re

import pytest
from django.conf import settings
from django.utils import translation

from annotations.workflow import keyboard
from annotations.workflow.keyboard import COMMANDS, GROUPS, KeysRefused
from tests.factories import UserFactory

DESIGNED = {
    "next": {"j", "ArrowDown"},
    "previous": {"k", "ArrowUp"},
    "next-sentence": {"J"},
    "previous-sentence": {"K"},
    "verified": {"v"},
    "unverified": {"u"},
    "disputed": {"d"},
    "dismissed": {"n"},
    "dismiss-rest": {"N"},
    "skip": {"s"},
    "evidence": {"e"},
    "cut": {"b"},
    "rationale": {"r"},
    "comment": {"c"},
    "undo": {"z"},
    "redo": {"Z"},
    "order": {"f"},
    "next-article": {"]"},
    "previous-article": {"["},
    "queue": {"g q"},
    "review": {"g r"},
    "search": {"/"},
    "help": {"?"},
    "save": {"Ctrl+Enter"},
    "text": {"Escape"},
}


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def remap(person):
    return lambda letter_keys=True, **keys: keyboard.remap(
        keys={action.replace("_", "-"): key for action, key in keys.items()},
        letter_keys=letter_keys,
        by=person,
    )


def reasons_of(remap, **keys):
    with pytest.raises(KeysRefused) as refusal:
        remap(**keys)
    return refusal.value.reasons


class TestTable:
    def test_holds_every_key_of_the_design(self):
        keys = keyboard.keys_of(None)

        assert {action: DESIGNED[action] & set(keys[action]) for action in DESIGNED} == DESIGNED

    def test_never_asks_for_a_digit_or_for_what_deletes(self):
        keys = {key for its in keyboard.keys_of(None).values() for key in its}

        assert not {key for key in keys if re.search(r"\d", key)}
        assert not keys & {"Backspace", "Delete", "Enter"}

    def test_has_a_way_without_brackets_which_take_altgr_on_some_keyboards(self):
        keys = keyboard.keys_of(None)

        assert all(set(keys[one]) - {"]", "["} for one in ("next-article", "previous-article"))

    def test_is_the_manual(self):
        manual = (settings.BASE_DIR / "docs" / "keyboard.md").read_text()

        assert (
            re.findall(r"^(?:\|(?! -|  *key|.*---).*|### .*)$", manual, re.M) == expected_manual()
        )


def expected_manual():
    with translation.override("en"):
        return [
            line
            for group, title in GROUPS.items()
            for line in (f"### {title}", *(row(one) for one in COMMANDS if one.group == group))
        ]


def row(command):
    keys = ", ".join(f"`{key}`" for key in (command.key, *command.also))
    return f"| {keys} | {command.name} |"


class TestRemap:
    def test_keeps_only_what_differs_from_the_usual(self, person, remap):
        remap(verified="t", disputed="d")

        person.refresh_from_db()
        assert person.keys == {"verified": "t"}
        assert keyboard.keys_of(person)["verified"] == ("t",)

    def test_lets_two_swap(self, person, remap):
        remap(verified="d", disputed="v")

        keys = keyboard.keys_of(person)
        assert (keys["verified"], keys["disputed"]) == (("d",), ("v",))

    def test_takes_a_key_away(self, person, remap):
        remap(next="", publish="")

        keys = keyboard.keys_of(person)
        assert (keys["next"], keys["publish"]) == (("ArrowDown",), ())

    def test_keeps_a_key_that_was_chosen_before_another_action_came_with_it(self, person):
        person.keys = {"skip": "N"}

        keys = keyboard.keys_of(person)

        assert (keys["skip"], keys["dismiss-rest"]) == (("N",), ())

    def test_takes_sequences_and_any_alphabet(self, person, remap):
        remap(verified="é", disputed="m q", skip="%")

        keys = keyboard.keys_of(person)
        assert (keys["verified"], keys["disputed"], keys["skip"]) == (("é",), ("m q",), ("%",))

    def test_refuses_a_key_that_is_taken_and_says_by_what(self, person, remap):
        reasons = reasons_of(remap, verified="d")

        assert reasons == {"verified": "“d” is the key of “Disputed” already."}
        person.refresh_from_db()
        assert person.keys == {}

    def test_blames_the_one_that_was_changed(self, remap):
        assert set(reasons_of(remap, disputed="v")) == {"disputed"}
        assert set(reasons_of(remap, help="%", verified="%")) <= {"help", "verified"}

    @pytest.mark.parametrize("key", ["g", "] x", "j k"])
    def test_refuses_a_key_that_another_sequence_begins_with(self, remap, key):
        assert "cannot stand alone" in reasons_of(remap, verified=key)["verified"]

    @pytest.mark.parametrize("key", ["ab", "a b c", "Enter", "Backspace", "\x01"])
    def test_refuses_what_is_no_character(self, remap, key):
        assert "Type one character" in reasons_of(remap, verified=key)["verified"]

    def test_leaves_the_keys_that_work_in_fields_alone(self, person, remap):
        remap(save="y", text="q")

        keys = keyboard.keys_of(person)
        assert (keys["save"], keys["text"]) == (("Ctrl+Enter",), ("Escape",))

    def test_comes_back_to_the_usual(self, person, remap):
        remap(verified="t", letter_keys=False)

        remap()

        assert keyboard.keys_of(person) == keyboard.keys_of(None)


class TestOff:
    def test_leaves_no_character_as_a_key(self, person, remap):
        remap(letter_keys=False)

        left = {key for its in keyboard.keys_of(person).values() for key in its}
        assert left == {"ArrowDown", "ArrowUp", "Escape", "Ctrl+Enter"}

    def test_keeps_ones_own_keys_for_later(self, person, remap):
        remap(verified="t", letter_keys=False)

        remap(verified="t", letter_keys=True)

        assert keyboard.keys_of(person)["verified"] == ("t",)
