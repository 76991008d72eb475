"""The page where one chooses one's keys."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from annotations.editor.keys import Line, grouped
from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.workflow import keyboard
from annotations.workflow.keyboard import COMMANDS, Command, KeysRefused


@signed_in
@form_page
def settings(request: EditorRequest) -> HttpResponse:
    """Let people choose their keys, switch the letters off, or go back to the usual ones."""
    user, reasons = request.user, {}
    typed = {one.action: user.keys.get(one.action, one.key) for one in COMMANDS}
    has_letters = user.letter_keys
    if request.method == "POST":
        is_reset = "reset" in request.POST
        has_letters = is_reset or "letter_keys" in request.POST
        typed |= {
            one.action: one.key if is_reset else request.POST.get(f"key-{one.action}", one.key)
            for one in COMMANDS
        }
        try:
            keyboard.remap(keys=typed, letter_keys=has_letters, by=user)
        except KeysRefused as refusal:
            reasons = refusal.reasons
        else:
            return redirect(f"{request.path}?saved=1")
    context: dict[str, Any] = {
        "groups": grouped(_line(one, typed, reasons) for one in COMMANDS),
        "has_letters": has_letters,
        "is_refused": bool(reasons),
    }
    return render(request, "annotations/keyboard.html", context, status=422 if reasons else 200)


def _line(command: Command, typed: dict[str, str], reasons: dict[str, str]) -> Line:
    action = command.action
    return Line(command, (command.key,), typed[action], reasons.get(action, ""))
