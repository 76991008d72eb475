"""How a desk shows itself to readers: the page where its managers decide that."""

from dataclasses import asdict

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.editor.settings.frame import done, managed, saved, stands
from annotations.models import Desk
from annotations.workflow.presentation import Presentation, presentation_of
from annotations.workflow.presentation import present as present_desk

TEMPLATE = "annotations/presentation.html"


class PresentationForm(forms.Form):
    publishes_publicly = forms.BooleanField(
        required=False, label=_("Show what is published to everybody")
    )
    site_url = forms.CharField(max_length=500, required=False, label=_("Your site"))
    check_url = forms.CharField(
        max_length=500, required=False, label=_("Address of a check on your site")
    )
    license_url = forms.CharField(max_length=500, required=False, label=_("Licence (address)"))
    reviews_without_rating = forms.BooleanField(
        required=False, label=_("Give ClaimReview also to what has no rating")
    )
    methodology = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), required=False, label=_("Your method")
    )
    corrections_policy = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, label=_("How to report an error")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@signed_in
@form_page
def present(request: EditorRequest, slug: str) -> HttpResponse:
    """Show the form, and take what a manager decided."""
    desk = managed(request, slug)
    now = asdict(presentation_of(desk))
    form = PresentationForm(request.POST or None, initial=now | {"version": desk.version})
    if done(form, lambda: _present(request, desk, form)):
        return saved("presentation", desk.slug)
    context = {"form": form, "desk": desk, "stands": stands(form, now)}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)


def _present(request: EditorRequest, desk: Desk, form: PresentationForm) -> Desk:
    said = {name: form.cleaned_data[name] for name in Presentation.__slots__}
    return present_desk(
        desk=desk,
        presentation=Presentation(**said),
        by=request.user,
        at=timezone.now(),
        based_on=form.cleaned_data["version"],
    )
