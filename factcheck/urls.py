"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("annotations.editor.urls")),
    path("api/v1/", include("annotations.api.urls")),
    path("admin/", admin.site.urls),
]
