"""Giving an article a new text."""

from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import tasks
from annotations.editor.adding import TextForm
from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.models import Article, User
from annotations.workflow import intake, pages, revisions
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError


class ReviseForm(TextForm):
    """A new text, and the version of the article that one saw."""

    source_url = forms.URLField(
        max_length=2000, required=False, assume_scheme="https", label=_("Address")
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def draft(self, *, instead_of: str) -> intake.Draft:
        """Say the text with the line ends of the one before: browsers send all of one kind."""
        body, text = "html" if self.cleaned_data["is_page"] else "text", self.cleaned_data["text"]
        if not self.cleaned_data["file"] and "\r\n" not in instead_of:
            text = text.replace("\r\n", "\n")
        return intake.Draft(**{body: text})

    def show(self, **values: str) -> None:
        """Have the form show these, whatever was sent."""
        kept = cast(QueryDict, self.data).copy()
        kept.update(dict.fromkeys(values, ""))
        for name, value in values.items():
            kept[name] = value
        self.data = kept


@signed_in
@form_page
def revise(request: EditorRequest, pk: int) -> HttpResponse:
    """Take the new text and say what became of the sentences; a refusal keeps what was typed."""
    article = _visible(request.user, pk)
    form = _form(request, article)
    context: dict[str, Any] = {"form": form, "article": article}
    if "fetch" in request.POST:
        return _fetch(request, form, context)
    if form.is_valid():
        try:
            return _store(form, article, request.user)
        except BadInput as refusal:
            form.blame(refusal)
        except StaleWrite as refusal:
            return _show_both(request, form, context, refusal)
        except WorkflowError as refusal:
            context |= {"problem": refusal, "first": getattr(refusal, "first", None)}
    return _page(request, context, status=422 if form.is_bound else 200)


def _visible(user: User, pk: int) -> Article:
    visible = Article.objects.visible_to(user).for_workbench()
    return get_object_or_404(visible, pk=pk)


def _form(request: EditorRequest, article: Article) -> ReviseForm:
    now = article.current_revision
    initial = {
        "text": now.text if now else "",
        "source_url": article.source_url,
        "based_on": article.version,
    }
    return ReviseForm(request.POST or None, request.FILES or None, initial=initial)


def _store(form: ReviseForm, article: Article, user: User) -> HttpResponse:
    run, _carried = revisions.revise(
        article=article,
        draft=form.draft(instead_of=form.initial["text"]),
        by=user,
        at=timezone.now(),
        based_on=form.cleaned_data["based_on"],
    )
    tasks.send(run)
    return redirect("editor:article-text", article.pk, run.revision.number)


def _fetch(request: EditorRequest, form: ReviseForm, context: dict[str, Any]) -> HttpResponse:
    """Put the text that stands at the address into the form, to be looked at."""
    article: Article = context["article"]
    try:
        page = pages.fetch(request.POST.get("source_url", ""))
        draft = intake.Draft(html=page, title=article.title, language=article.language)
        form.show(text=intake.settle(draft).text, is_page="")
    except BadInput as refusal:
        form.is_valid()
        form.add_error("source_url", str(refusal))
        return _page(request, context, status=422)
    return _page(request, context | {"is_fetched": True})


def _show_both(
    request: EditorRequest, form: ReviseForm, context: dict[str, Any], refusal: StaleWrite
) -> HttpResponse:
    """Show the text that came meanwhile beside one's own, which then can take its place."""
    theirs = _visible(request.user, context["article"].pk)
    form.show(based_on=str(theirs.version))
    return _page(
        request,
        context | {"problem": refusal, "article": theirs, "theirs": theirs.current_revision},
        status=409,
    )


def _page(request: EditorRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "annotations/revise.html", context, status=status)
