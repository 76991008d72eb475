"""The keys of the workbench: one table for the bindings, the help, the settings and the manual.

A key is a character as the keyboard gives it (`event.key`), so it is the same letter on every
layout; two with a space between are pressed one after the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import User
from annotations.workflow.errors import WorkflowError

Keys = dict[str, tuple[str, ...]]
APART = {"review", "queue"}  # groups that are never on the same page
GROUPS: dict[str, Promise] = {
    "move": gettext_lazy("Move"),
    "label": gettext_lazy("Label a sentence"),
    "review": gettext_lazy("Review"),
    "queue": gettext_lazy("Queue"),
    "go": gettext_lazy("Go"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does. `also` are further keys that stay as they are."""

    action: str
    group: str
    name: Promise
    key: str
    also: tuple[str, ...] = ()
    in_fields: bool = False

    @property
    def is_fixed(self) -> bool:
        """Keys that work inside fields are those that everybody knows from elsewhere."""
        return self.in_fields


COMMANDS = (
    Command("next", "move", gettext_lazy("Next candidate"), "j", ("ArrowDown",)),
    Command("previous", "move", gettext_lazy("Previous candidate"), "k", ("ArrowUp",)),
    Command("next-sentence", "move", gettext_lazy("Next sentence"), "J"),
    Command("previous-sentence", "move", gettext_lazy("Previous sentence"), "K"),
    Command("order", "move", gettext_lazy("Reading order or score order"), "f"),
    Command("filter", "move", gettext_lazy("Filter the list"), "F"),
    Command("verified", "label", gettext_lazy("Verified"), "v"),
    Command("unverified", "label", gettext_lazy("Unverified"), "u"),
    Command("disputed", "label", gettext_lazy("Disputed"), "d"),
    Command("dismissed", "label", gettext_lazy("Not a claim"), "n"),
    Command(
        "dismiss-rest",
        "label",
        gettext_lazy("Mark everything left in the list as not a claim"),
        "N",
    ),
    Command("skip", "label", gettext_lazy("Skip for later"), "s"),
    Command("rationale", "label", gettext_lazy("Write a rationale"), "r"),
    Command("evidence", "label", gettext_lazy("Add evidence"), "e"),
    Command("cut", "label", gettext_lazy("Split or join a sentence that was cut wrongly"), "b"),
    Command("comment", "label", gettext_lazy("Comment for colleagues"), "c"),
    Command("undo", "label", gettext_lazy("Undo"), "z"),
    Command("redo", "label", gettext_lazy("Redo"), "Z"),
    Command("save", "label", gettext_lazy("Save the open form"), "Ctrl+Enter", in_fields=True),
    Command("text", "label", gettext_lazy("Back to the text"), "Escape", in_fields=True),
    Command("approve", "review", gettext_lazy("Approve"), "a"),
    Command("return", "review", gettext_lazy("Return with a comment"), "x"),
    Command("publish", "review", gettext_lazy("Publish what is approved"), "p"),
    Command("approve-all", "review", gettext_lazy("Approve the whole article"), "A"),
    Command("start", "queue", gettext_lazy("Start with the best next article"), "S"),
    Command("select", "queue", gettext_lazy("Select the article"), "x"),
    Command("select-to", "queue", gettext_lazy("Select everything down to the article"), "X"),
    Command("add", "queue", gettext_lazy("Add an article"), "g a"),
    Command("next-article", "go", gettext_lazy("Next article"), "]", ("g n",)),
    Command("previous-article", "go", gettext_lazy("Previous article"), "[", ("g p",)),
    Command("search", "go", gettext_lazy("Search"), "/"),
    Command("queue", "go", gettext_lazy("Queue"), "g q"),
    Command("review", "go", gettext_lazy("Review"), "g r"),
    Command("publications", "go", gettext_lazy("Publications"), "g u"),
    Command("help", "go", gettext_lazy("All keys"), "?"),
)


class KeysRefused(WorkflowError):
    """Keys that cannot be, or not together; `reasons` says why, by action."""

    code = "keys_refused"

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__(_("Some keys cannot be used so. Nothing was changed."))
        self.reasons = reasons


def remap(*, keys: Mapping[str, str], letter_keys: bool, by: User) -> None:
    """Keep one's own keys; an empty one takes the key away. What is left out stays the usual."""
    chosen = {
        one.action: " ".join(keys.get(one.action, one.key).split())
        for one in COMMANDS
        if not one.is_fixed
    }
    reasons = dict(_unusable(chosen)) or dict(_conflicts(chosen))
    if reasons:
        raise KeysRefused(reasons)
    usual = {one.action: one.key for one in COMMANDS}
    by.keys = {action: key for action, key in chosen.items() if key != usual[action]}
    by.letter_keys = letter_keys
    by.save(update_fields=["keys", "letter_keys"])


def keys_of(user: User | None) -> Keys:
    """Return the keys of each action, for this person."""
    if user is None:
        return _keys({})
    keys = _keys(user.keys)
    if user.letter_keys:
        return keys
    return {action: tuple(key for key in its if not _is_typed(key)) for action, its in keys.items()}


def _keys(own: Mapping[str, Any]) -> Keys:
    """Return the keys of each action; what somebody chose is not taken by what came later."""
    usual = {one.action: "" if one.key in own.values() else one.key for one in COMMANDS}
    return {
        one.action: tuple(key for key in (own.get(one.action, usual[one.action]), *one.also) if key)
        for one in COMMANDS
    }


def _is_typed(key: str) -> bool:
    """Tell characters, which speech and screen readers may produce, from keys like the arrows."""
    return all(len(part) == 1 for part in key.split(" "))


def _unusable(chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for action, key in chosen.items():
        if key and (not _is_typed(key) or key.count(" ") > 1 or not key.isprintable()):
            yield action, _("Type one character, or two with a space between them.")


def _conflicts(chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Blame the one that was changed, where only one of two was."""
    bound = [(one, key) for one in COMMANDS for key in _keys(chosen)[one.action]]
    for place, (one, key) in enumerate(bound):
        for other, taken in bound[:place]:
            if {one.group, other.group} == APART:
                continue
            is_changed = chosen.get(one.action, one.key) != one.key
            blamed, rival = (one, other) if is_changed else (other, one)
            if reason := _clash(key, taken, rival):
                yield blamed.action, reason


def _clash(key: str, taken: str, rival: Command) -> str:
    short, long = sorted((key, taken), key=len)
    words = {"key": key, "short": short, "long": long, "name": rival.name}
    if key == taken:
        return _("“%(key)s” is the key of “%(name)s” already.") % words
    if long.startswith(f"{short} "):
        return _("“%(short)s” cannot stand alone beside “%(long)s”: see “%(name)s”.") % words
    return ""
