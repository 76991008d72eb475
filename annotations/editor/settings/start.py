"""Where all settings begin: one's own, and those of the desks one manages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.editor.requests import EditorRequest, signed_in
from annotations.editor.settings.frame import OF_DESK, PERSONAL


@signed_in
@require_safe
def start(request: EditorRequest) -> HttpResponse:
    """List every page of settings that this person may open."""
    context = {
        "personal": PERSONAL,
        "of_desk": OF_DESK,
        "may_create": request.user.has_perm("annotations.add_desk"),
    }
    return render(request, "annotations/settings/start.html", context)
