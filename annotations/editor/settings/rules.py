"""A desk's rules, and making a desk."""

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.editor.requests import EditorRequest, form_page, signed_in, whole_number
from annotations.editor.settings.frame import managed, saved, stands, taken
from annotations.models import Desk
from annotations.workflow import desks
from annotations.workflow.desks import ANNOTATORS_AT_MOST, NAME_LENGTH, SLUG_LENGTH, Rules

BETWEEN = "|"


class ScaleField(forms.CharField):
    """A rating scale as lines: `French | English`, worst first."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{row['fr']} {BETWEEN} {row['en']}" for row in value)

    def to_python(self, value: Any) -> Any:
        lines = [line for line in str(value or "").splitlines() if line.strip()]
        return [_row(number, line) for number, line in enumerate(lines, start=1)]


def _row(number: int, line: str) -> dict[str, Any]:
    french, bar, english = (part.strip() for part in line.partition(BETWEEN))
    if not (french and bar and english):
        raise forms.ValidationError(
            _("Line %(number)s: write the French name, then |, then the English one."),
            params={"number": number},
        )
    return {"value": number, "fr": french, "en": english}


class RulesForm(forms.Form):
    name = forms.CharField(max_length=NAME_LENGTH, label=_("Name"))
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language"))
    annotators_needed = forms.IntegerField(
        min_value=1, max_value=ANNOTATORS_AT_MOST, label=_("Annotators per sentence")
    )
    is_blind = forms.BooleanField(required=False, label=_("Blind"))
    second_person_approves = forms.BooleanField(required=False, label=_("A second person approves"))
    evidence_required = forms.BooleanField(required=False, label=_("Evidence is required"))
    credit = forms.ChoiceField(choices=Desk.Credit.choices, label=_("Readers see"))
    rating_scale = ScaleField(required=False, label=_("Rating scale"))
    engine = forms.ChoiceField(choices=Desk.Engine.choices, label=_("Engine"))

    def rules(self) -> Rules:
        return Rules(**{name: self.cleaned_data[name] for name in Rules.__slots__})


class ChangeForm(RulesForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CreateForm(RulesForm):
    slug = forms.CharField(max_length=SLUG_LENGTH, label=_("Short name, for addresses"))
    field_order = ["name", "slug"]


@signed_in
@form_page
def change(request: EditorRequest, slug: str) -> HttpResponse:
    """Show the rules and what a change of each does; then say what it did."""
    desk = managed(request, slug)
    form = ChangeForm(request.POST or None, initial=_said(desks.rules_of(desk), desk.version))
    effect = taken(form, partial(_change, request, desk, form)) if form.is_valid() else None
    if effect is not None:
        did = f"&reopened={effect.reopened}&recounted={effect.recounted}"
        return redirect(f"{reverse('editor:desk-rules', args=[slug])}?saved=1{did}")
    did_before = {name: whole_number(request.GET.get(name)) for name in ("reopened", "recounted")}
    context = {
        "desk": desk,
        "form": form,
        "stands": stands(form, _said(desks.rules_of(desk))),
        **did_before,
    }
    status = 422 if form.errors else 200
    return render(request, "annotations/settings/rules.html", context, status=status)


@signed_in
@form_page
def create(request: EditorRequest) -> HttpResponse:
    """Make a desk; only the administration of the house may."""
    if not request.user.has_perm("annotations.add_desk"):
        raise PermissionDenied
    form = CreateForm(request.POST or None, initial=_said(Rules("")))
    desk = taken(form, partial(_create, request, form)) if form.is_valid() else None
    if desk is not None:
        return saved("members", desk.slug)
    status = 422 if form.errors else 200
    return render(request, "annotations/settings/create.html", {"form": form}, status=status)


def _said(rules: Rules, version: int | None = None) -> dict[str, Any]:
    said = {name: getattr(rules, name) for name in Rules.__slots__}
    return said | {"version": version}


def _change(request: EditorRequest, desk: Desk, form: ChangeForm) -> desks.Effect:
    return desks.change(
        desk=desk,
        rules=form.rules(),
        by=request.user,
        at=timezone.now(),
        based_on=form.cleaned_data["version"],
    )


def _create(request: EditorRequest, form: CreateForm) -> Desk:
    return desks.create(
        slug=form.cleaned_data["slug"], rules=form.rules(), by=request.user, at=timezone.now()
    )
