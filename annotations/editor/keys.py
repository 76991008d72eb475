"""The keys as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from annotations.models import User
from annotations.workflow import keyboard
from annotations.workflow.keyboard import COMMANDS, GROUPS, Command

Group = tuple[str | Promise, list["Line"]]
SHOWN: dict[str, str | Promise] = {
    "ArrowDown": "↓",
    "ArrowUp": "↑",
    "Escape": gettext_lazy("Esc"),
    "Ctrl+Enter": "Ctrl ↵",
}
# On AZERTY, QWERTZ and others; a character that is typed with AltGr is never a key.
TAKE_ALTGR = frozenset(r"[]{}|\@#~")


@dataclass(frozen=True, slots=True)
class Line:
    """One command with its keys, and in the settings with what was typed and what is wrong."""

    command: Command
    keys: tuple[str, ...]
    typed: str = ""
    problem: str = ""

    @property
    def json(self) -> str:
        return orjson.dumps(self.keys).decode()

    @property
    def shown(self) -> list[str]:
        return [str(SHOWN.get(key, key)) for key in self.keys]

    @property
    def also(self) -> list[str]:
        return [str(SHOWN.get(key, key)) for key in self.command.also]


@dataclass(frozen=True)
class Keyboard:
    """The keys of one person."""

    user: User | None

    @cached_property
    def keys(self) -> keyboard.Keys:
        return keyboard.keys_of(self.user)

    def hint(self, action: str) -> str:
        """Return the key to show beside a button, if there is one that every keyboard has: that."""
        keys = sorted(self.keys[action], key=TAKE_ALTGR.__contains__)
        return str(SHOWN.get(keys[0], keys[0])) if keys else ""


def grouped(lines: Iterable[Line]) -> list[Group]:
    lines = list(lines)
    return [
        (name, [line for line in lines if line.command.group == group])
        for group, name in GROUPS.items()
    ]


def help_lines(keys: Iterable[tuple[str, tuple[str, ...]]]) -> list[Group]:
    """Say what each key does."""
    bound = dict(keys)
    return grouped(Line(one, bound[one.action]) for one in COMMANDS)
