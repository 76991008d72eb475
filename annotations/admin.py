"""The administration: desks, people and keys. Work is changed in the workbench, never here."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.models import (
    ApiKey,
    Article,
    AuditEvent,
    Desk,
    ExtractionRun,
    Membership,
    Publication,
    User,
    Verdict,
)


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """To look at: nothing can be added, changed or deleted."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]  # generic only in the stubs
    model = Membership
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(Desk)
class DeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """A desk's rules and members; a desk that has worked stays."""

    list_display = ("name", "slug", "language", "annotators_needed", "is_blind")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Desk | None = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """People are deactivated, not deleted: their work stays theirs."""

    list_display = ("username", "display_name", "email", "is_active", "is_staff")
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("In the workbench"), {"fields": ("display_name", "language")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnly):
    """Keys are issued and revoked in the workbench, where the secret is shown once."""

    list_display = ("name", "prefix", "desk", "scopes", "created_at", "last_used_at", "revoked_at")
    list_select_related = ("desk",)
    exclude = ("secret_sha256",)


@admin.register(Article)
class ArticleAdmin(ReadOnly):
    list_display = ("title", "desk", "language", "open_candidates", "created_at")
    list_select_related = ("desk",)
    ordering = ("-id",)


@admin.register(ExtractionRun)
class ExtractionRunAdmin(ReadOnly):
    list_display = ("id", "state", "queue", "engine", "queued_at", "finished_at", "workers_lost")
    ordering = ("-id",)


@admin.register(Verdict)
class VerdictAdmin(ReadOnly):
    list_display = ("id", "desk", "state", "label", "annotators", "updated_at")
    list_select_related = ("desk",)
    ordering = ("-id",)


@admin.register(Publication)
class PublicationAdmin(ReadOnly):
    list_display = ("sequence", "desk", "kind", "label", "exact", "version", "published_at")
    list_select_related = ("desk",)
    ordering = ("-id",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("at", "action", "actor", "desk")
    list_select_related = ("actor", "desk")
    ordering = ("-id",)
