"""The administration: desks, people and keys. Work is changed in the workbench, never here."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Model, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
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
from annotations.workflow import desk_engines, desks
from annotations.workflow.desks import Rules
from annotations.workflow.errors import WorkflowError


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


class DeskForm(ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Says why rules cannot be, before anything is saved."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and not self.errors:
            try:
                desks.check(Rules(**{name: cleaned[name] for name in Rules.__slots__}))
            except WorkflowError as refusal:
                raise ValidationError(str(refusal)) from refusal
        return cleaned

    def clean_engine(self) -> str:
        engine = str(self.cleaned_data["engine"])
        try:
            if engine != self.initial.get("engine"):
                desk_engines.require_available(engine)
        except WorkflowError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return engine


@admin.register(Desk)
class DeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """A desk's rules and members; a desk that has worked stays."""

    list_display = ("name", "slug", "language", "annotators_needed", "is_blind")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)
    form = DeskForm
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def has_delete_permission(self, request: HttpRequest, obj: Desk | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Desk, form: Any, change: bool) -> None:
        """Save the rest here; the rules are changed as everywhere else, and leave a trace."""
        rules = desks.rules_of(obj)
        stands = desks.rules_of(Desk.objects.get(pk=obj.pk)) if change else Rules(rules.name)
        for name in Rules.__slots__:
            setattr(obj, name, getattr(stands, name))
        super().save_model(request, obj, form, change)
        by = cast(User, request.user)
        desks.change(desk=obj, rules=rules, by=by, at=timezone.now(), based_on=obj.version)


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
    list_display = (
        "id",
        "state",
        "queue",
        "engine",
        "fallback",
        "queued_at",
        "finished_at",
        "workers_lost",
    )
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
