"""Adding an article: pasted, from a file, or from where it stands."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import tasks
from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.models import Desk, ExtractionRun, User
from annotations.workflow import articles, intake, pages
from annotations.workflow.errors import BadInput, NotAllowed

PAGE_ENDINGS = (".html", ".htm", ".xhtml")


class TextForm(forms.Form):
    """The text of an article: pasted, or in a file that then stands in the text field."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"autofocus": True}),
        strip=False,
        required=False,
        label=_("Text"),
    )
    is_page = forms.BooleanField(required=False, label=_("This is the HTML source of a page"))
    file = forms.FileField(required=False, label=_("Or a file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".txt,.html,.htm,text/plain,text/html"

    def clean(self) -> dict[str, Any]:
        """Take the file for the text; it stands in the text field, should the form come back."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file:
            self._take(file, cleaned)
        return cleaned

    def blame(self, refusal: BadInput) -> None:
        """Show why the article was not taken at the field that it is about."""
        field = "text" if refusal.field == "html" else refusal.field
        self.add_error(field if field in self.fields else None, str(refusal))
        if field in self.fields:
            self.fields["text"].widget.attrs["autofocus"] = False
            self.fields[field].widget.attrs["autofocus"] = True

    def _take(self, file: "UploadedFile[bytes]", cleaned: dict[str, Any]) -> None:
        if file.size and file.size > settings.ARTICLE_MAX_BYTES:
            self.add_error("file", _("The file is larger than an article may be."))
            return
        try:
            cleaned["text"] = intake.decode(file.read())
        except BadInput as refusal:
            self.blame(refusal)
            return
        cleaned["is_page"] = (file.name or "").lower().endswith(PAGE_ENDINGS)
        kept = cast(QueryDict, self.data).copy()
        kept["text"], kept["is_page"] = cleaned["text"], "on" if cleaned["is_page"] else ""
        self.data = kept


class AddForm(TextForm):
    """What an editor says of an article; what is left empty is found out from the text."""

    desk = forms.ModelChoiceField(Desk.objects.none(), empty_label=None, label=_("Desk"))
    title = forms.CharField(max_length=intake.TITLE_LENGTH, required=False, label=_("Title"))
    language = forms.CharField(max_length=20, required=False, label=_("Language"))
    source = forms.CharField(max_length=200, required=False, label=_("Source"))
    source_url = forms.URLField(
        max_length=2000, required=False, assume_scheme="https", label=_("Source address")
    )
    published_at = forms.DateTimeField(
        required=False,
        label=_("Published on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    byline = forms.CharField(max_length=300, required=False, label=_("Byline"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = (  # type: ignore[attr-defined]
            Desk.objects.visible_to(user).order_by("name")
        )

    def draft(self) -> intake.Draft:
        cleaned = self.cleaned_data
        body = "html" if cleaned["is_page"] else "text"
        names = ("title", "language", "byline", "source", "source_url", "published_at")
        return intake.Draft(**{body: cleaned["text"]}, **{name: cleaned[name] for name in names})


@signed_in
@form_page
def add(request: EditorRequest) -> HttpResponse:
    """Take an article in and go to its workbench, where the workers' progress shows."""
    form = AddForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            run = _store(form, request.user)
        except articles.Duplicate as duplicate:
            context |= {"problem": duplicate, "first": duplicate.first}
        except NotAllowed as refusal:
            context["problem"] = refusal
        except BadInput as refusal:
            form.blame(refusal)
        else:
            return redirect("editor:article", run.revision.article_id)
    return render(request, "annotations/add.html", context, status=422 if form.is_bound else 200)


def _store(form: AddForm, user: User) -> ExtractionRun:
    draft = form.draft()
    if draft.source_url and not (draft.text or draft.html).strip():
        draft = pages.filled(draft, draft.source_url)
    run = articles.add(desk=form.cleaned_data["desk"], draft=draft, by=user, at=timezone.now())
    tasks.send(run)
    return run
