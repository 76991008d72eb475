"""What the pages of settings share: their sections, whose desk it is, and how refusals are said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.editor.requests import EditorRequest
from annotations.models import Desk
from annotations.workflow.errors import BadInput, WorkflowError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section:
    """One page of settings; `name` is that of its address."""

    name: str
    title: Promise
    icon: str
    about: Promise


PERSONAL = (
    Section("keyboard", _("Keyboard"), "command-line", _("Your own keys, or none.")),
    Section("password", _("Password"), "lock-closed", _("Choose another password.")),
)
OF_DESK = (
    Section("members", _("Members"), "users", _("Who belongs to the desk, and what they may do.")),
    Section("keys", _("API keys"), "key", _("How publishers’ programs come in.")),
    Section(
        "presentation", _("For readers"), "globe-alt", _("Public pages, licence, how you check.")
    ),
)


def managed(request: EditorRequest, slug: str) -> Desk:
    """Return the desk if the person manages it; for everybody else it is not there."""
    return get_object_or_404(Desk.objects.managed_by(request.user), slug=slug)


def saved(name: str, *arguments: object) -> HttpResponse:
    """Go back to a page, which then says that it is saved."""
    return redirect(f"{reverse(f'editor:{name}', args=arguments)}?saved=1")


def taken(form: Form, act: Callable[[], T]) -> T | None:
    """Act; what is refused is said beside its field, and nothing is returned."""
    try:
        return act()
    except BadInput as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
    except WorkflowError as refusal:
        form.add_error(None, str(refusal))
    return None


def unseen(response: HttpResponse) -> HttpResponse:
    """Keep what is shown once out of every cache."""
    response["Cache-Control"] = "no-store"
    return response
