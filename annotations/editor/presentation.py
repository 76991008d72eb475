"""How a desk shows itself to readers: the page where its managers decide that."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.editor.settings.frame import managed, saved
from annotations.models import Desk
from annotations.workflow import presentation
from annotations.workflow.errors import BadInput, NotAllowed

TEMPLATE = "annotations/presentation.html"


class PresentationForm(forms.Form):
    publishes_publicly = forms.BooleanField(
        required=False, label=_("Show what is published to everybody")
    )
    site_url = forms.CharField(max_length=500, required=False, label=_("Your site"))
    check_url = forms.CharField(
        max_length=500, required=False, label=_("Where a check is read on your site")
    )
    license_url = forms.CharField(max_length=500, required=False, label=_("Licence, by address"))
    reviews_without_rating = forms.BooleanField(
        required=False, label=_("Give ClaimReview also to what has no rating")
    )
    methodology = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), required=False, label=_("How you check")
    )
    corrections_policy = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, label=_("How errors are reported")
    )


@signed_in
@form_page
def present(request: EditorRequest, slug: str) -> HttpResponse:
    """Show the form, and take what a manager decided."""
    desk = managed(request, slug)
    form = PresentationForm(
        request.POST or None, initial=asdict(presentation.presentation_of(desk))
    )
    if request.method == "POST" and form.is_valid() and _taken(request, desk, form):
        return saved("presentation", desk.slug)
    status = 422 if form.errors else 200
    return render(request, TEMPLATE, {"form": form, "desk": desk}, status=status)


def _taken(request: EditorRequest, desk: Desk, form: PresentationForm) -> bool:
    """Hand it to the workflow; what is refused is said beside its field."""
    said: dict[str, Any] = form.cleaned_data
    try:
        presentation.present(
            desk=desk,
            presentation=presentation.Presentation(**said),
            by=request.user,
            at=timezone.now(),
        )
    except BadInput as refusal:
        form.add_error(refusal.field, str(refusal))
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
