"""The addresses of the REST interface. A route is one row."""

from typing import Any

from django.urls import path, re_path

from annotations.api.views.annotations import AnnotationViewSet
from annotations.api.views.articles import ArticleViewSet
from annotations.api.views.comments import CommentViewSet
from annotations.api.views.cuts import CutViewSet
from annotations.api.views.desks import KeyViewSet, ScaleViewSet
from annotations.api.views.exports import ExportViewSet
from annotations.api.views.house import DocsView, LiveView, NowhereView, ReadyView, SchemaView
from annotations.api.views.imports import ImportViewSet
from annotations.api.views.metrics import MetricsView
from annotations.api.views.publications import PublicationViewSet
from annotations.api.views.reports import FeedViewSet, ReportViewSet
from annotations.api.views.revisions import RevisionViewSet
from annotations.api.views.sentences import SentenceViewSet
from annotations.api.views.steps import StepViewSet
from annotations.api.views.verdicts import VerdictViewSet
from annotations.api.views.webhooks import DeliveryViewSet, WebhookViewSet

ARTICLE, SENTENCE, VERDICT = "articles/<int:pk>/", "sentences/<int:pk>/", "verdicts/<int:pk>/"
WEBHOOK, EXPORT, IMPORT = "webhooks/<int:pk>/", "exports/<int:pk>/", "imports/<int:pk>/"

article, sentence = ArticleViewSet.as_view, SentenceViewSet.as_view
imported = ImportViewSet.as_view
annotation, verdict = AnnotationViewSet.as_view, VerdictViewSet.as_view
publication, export = PublicationViewSet.as_view, ExportViewSet.as_view
comment, step = CommentViewSet.as_view, StepViewSet.as_view
key, scale = KeyViewSet.as_view, ScaleViewSet.as_view
cut, revision = CutViewSet.as_view, RevisionViewSet.as_view
report, feed = ReportViewSet.as_view, FeedViewSet.as_view
webhook, delivery = WebhookViewSet.as_view, DeliveryViewSet.as_view
own: dict[str, Any] = {"get": "retrieve", "put": "update", "delete": "destroy"}
whole: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}

app_name = "api"
urlpatterns = [
    path("articles/", article({"get": "list", "post": "create"}), name="article-list"),
    path(ARTICLE, article(whole), name="article-detail"),
    path(f"{ARTICLE}sentences/", article({"get": "sentences"}), name="article-sentences"),
    path(f"{ARTICLE}extract/", article({"post": "extract"}), name="article-extract"),
    path(f"{ARTICLE}extraction/", article({"get": "extraction"}), name="article-extraction"),
    path(
        f"{ARTICLE}revisions/",
        revision({"get": "list", "post": "create"}),
        name="article-revisions",
    ),
    path(f"{ARTICLE}publish/", article({"post": "publish"}), name="article-publish"),
    path(f"{ARTICLE}report/", report({"get": "retrieve"}), name="article-report"),
    path(f"{ARTICLE}annotations/", step({"post": "labels"}), name="article-annotations"),
    path(f"{ARTICLE}undo/", step({"post": "undo"}), name="article-undo"),
    path(f"{ARTICLE}redo/", step({"post": "redo"}), name="article-redo"),
    path("imports/", imported({"get": "list", "post": "create"}), name="import-list"),
    path(IMPORT, imported({"get": "retrieve"}), name="import-detail"),
    path(f"{IMPORT}errors/", imported({"get": "faults"}), name="import-errors"),
    path(f"{IMPORT}errors.csv", imported({"get": "report"}), name="import-report"),
    path(f"{IMPORT}confirm/", imported({"post": "confirm"}), name="import-confirm"),
    path(f"{IMPORT}cancel/", imported({"post": "cancel"}), name="import-cancel"),
    path("sentences/", sentence({"get": "list"}), name="sentence-list"),
    path(SENTENCE, sentence({"get": "retrieve"}), name="sentence-detail"),
    path(f"{SENTENCE}annotation/", annotation(own), name="annotation"),
    path(f"{SENTENCE}annotation/undo/", annotation({"post": "undo"}), name="annotation-undo"),
    path(f"{SENTENCE}annotation/redo/", annotation({"post": "redo"}), name="annotation-redo"),
    path(f"{SENTENCE}comments/", comment({"get": "list", "post": "create"}), name="comments"),
    path(f"{SENTENCE}split/", cut({"post": "split"}), name="sentence-split"),
    path(f"{SENTENCE}merge/", cut({"post": "merge"}), name="sentence-merge"),
    path("verdicts/", verdict({"get": "list"}), name="verdict-list"),
    path(VERDICT, verdict({"get": "retrieve"}), name="verdict-detail"),
    path(f"{VERDICT}approve/", verdict({"post": "approve"}), name="verdict-approve"),
    path(f"{VERDICT}return/", verdict({"post": "send_back"}), name="verdict-return"),
    path(f"{VERDICT}adjudicate/", verdict({"post": "adjudicate"}), name="verdict-adjudicate"),
    path(f"{VERDICT}correct/", verdict({"post": "correct"}), name="verdict-correct"),
    path(f"{VERDICT}retract/", verdict({"post": "retract"}), name="verdict-retract"),
    path("publications/", publication({"get": "list"}), name="publication-list"),
    path("publications/<int:pk>/", publication({"get": "retrieve"}), name="publication-detail"),
    path("changes/", publication({"get": "changes"}), name="changes"),
    path("exports/", export({"get": "list", "post": "create"}), name="exports"),
    path("exports/report/", export({"get": "report"}), name="exports-report"),
    path(EXPORT, export({"get": "retrieve", "delete": "destroy"}), name="export-detail"),
    path(f"{EXPORT}file/", export({"get": "file"}), name="export-file"),
    path("scales/", scale({"get": "list"}), name="scale-list"),
    path("scales/<slug:desk>/", scale({"get": "retrieve"}), name="scale"),
    path("feeds/<slug:desk>.atom", feed({"get": "retrieve"}), name="feed"),
    path("keys/", key({"get": "list", "post": "create"}), name="key-list"),
    path("keys/<int:pk>/", key({"delete": "destroy"}), name="key-detail"),
    path("webhooks/", webhook({"get": "list", "post": "create"}), name="webhook-list"),
    path(WEBHOOK, webhook(whole), name="webhook-detail"),
    path(f"{WEBHOOK}rotate/", webhook({"post": "rotate"}), name="webhook-rotate"),
    path(f"{WEBHOOK}pause/", webhook({"post": "pause"}), name="webhook-pause"),
    path(f"{WEBHOOK}resume/", webhook({"post": "resume"}), name="webhook-resume"),
    path(f"{WEBHOOK}deliveries/", delivery({"get": "list"}), name="delivery-list"),
    path(
        f"{WEBHOOK}deliveries/<int:delivery>/redeliver/",
        delivery({"post": "redeliver"}),
        name="delivery-redeliver",
    ),
    path("health/live/", LiveView.as_view(), name="live"),
    path("health/ready/", ReadyView.as_view(), name="ready"),
    path("metrics/", MetricsView.as_view(), name="metrics"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"", NowhereView.as_view(), name="nowhere"),
]
