"""Where everything is."""

from django.contrib import admin
from django.urls import include, path, re_path

from annotations.api.views.house import NowhereView

handler400 = "annotations.editor.errors.bad_request"
urlpatterns = [
    path("api/v1/", include("annotations.api.urls")),
    re_path(r"^api/", NowhereView.as_view()),
    path("admin/", admin.site.urls),
    path("", include("annotations.editor.urls")),
]
