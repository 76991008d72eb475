"""What the pages of settings share: their sections, whose desk it is, and how refusals are said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.forms import ChoiceField, Field, Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.editor.requests import EditorRequest
from annotations.models import Desk
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section:
    """One page of settings; `name` is that of its address."""

    name: str
    title: Promise
    icon: str
    about: Promise


PERSONAL = (
    Section(
        "appearance", _("Appearance"), "swatch", _("Light or dark, language, the name others see.")
    ),
    Section("keyboard", _("Keyboard"), "command-line", _("Your own keys, or none.")),
    Section("password", _("Password"), "lock-closed", _("Choose another password.")),
)
OF_DESK = (
    Section(
        "desk-rules",
        _("Rules"),
        "scale",
        _("How many annotators, blind or not, evidence, ratings, the engine."),
    ),
    Section("members", _("Members"), "users", _("Who belongs to the desk, and what they may do.")),
    Section(
        "guidelines-edit", _("Guidelines"), "book-open", _("What annotators read while they work.")
    ),
    Section("keys", _("API keys"), "key", _("Access for publishers’ programs.")),
    Section(
        "webhooks", _("Webhooks"), "bell-alert", _("Where events are sent, and what was delivered.")
    ),
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
    except StaleWrite as refusal:
        _catch_up(form, refusal)
        form.add_error(None, str(refusal))
    except BadInput as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
    except WorkflowError as refusal:
        form.add_error(None, str(refusal))
    return None


def done(form: Form, act: Callable[[], object]) -> bool:
    """Act on a form without faults; say whether it was done."""
    return form.is_valid() and taken(form, act) is not None


def unseen(response: HttpResponse) -> HttpResponse:
    """Keep what is shown once out of every cache."""
    response["Cache-Control"] = "no-store"
    return response


def stands(form: Form, now: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say, after somebody was faster, what stands where something else was typed."""
    if not form.non_field_errors():
        return []
    typed = [field for field in form.visible_fields() if field.name in now]
    other = [one for one in typed if form.cleaned_data.get(one.name) != now[one.name]]
    return [(str(one.label), _shown(one.field, now[one.name])) for one in other]


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, ChoiceField):
        names = dict(cast(Iterable[tuple[Any, Any]], field.choices))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(names.get(one, one)) for one in values)
    return str(field.prepare_value(value) or "–")


def _catch_up(form: Form, refusal: StaleWrite) -> None:
    """Keep what was typed; sent once more, it counts as based on what stands now."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(getattr(refusal.current, "version", ""))
    form.data = data
