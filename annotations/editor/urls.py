"""The addresses of the web interface."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.gzip import gzip_page

from annotations.editor import (
    accounts,
    adding,
    article,
    cutting,
    embeds,
    keyboard,
    languages,
    presentation,
    previews,
    public,
    publications,
    queue,
    review,
    sentences,
)
from annotations.editor.live import views as live
from annotations.editor.settings import keys, members, start

app_name = "editor"
urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("welcome/<uidb64>/<token>/", accounts.welcome, name="welcome"),
    path("settings/", start.start, name="settings"),
    path("settings/keyboard/", keyboard.settings, name="keyboard"),
    path("settings/password/", accounts.password, name="password"),
    path("language/", languages.choose, name="language"),
    path("", gzip_page(queue.queue), name="queue"),
    path("news/", live.queue, name="queue-news"),
    path("articles/add/", adding.add, name="add"),
    path("articles/<int:pk>/", gzip_page(article.article), name="article"),
    path("articles/<int:pk>/progress/", article.progress, name="article-progress"),
    path("articles/<int:pk>/news/", live.article, name="article-news"),
    path("articles/<int:pk>/working/", live.working, name="article-working"),
    path("articles/<int:pk>/extract/", article.extract, name="article-extract"),
    path("articles/<int:pk>/undo/", sentences.undo, name="article-undo"),
    path("articles/<int:pk>/redo/", sentences.redo, name="article-redo"),
    path("articles/<int:pk>/annotations/", sentences.annotate_all, name="article-annotate"),
    path("articles/<int:pk>/publish/", review.publish, name="article-publish"),
    path("sentences/<int:pk>/", sentences.inspect, name="sentence"),
    path("sentences/<int:pk>/split/", cutting.split, name="sentence-split"),
    path("sentences/<int:pk>/merge/", cutting.merge, name="sentence-merge"),
    path("sentences/<int:pk>/annotation/", sentences.annotate, name="sentence-annotate"),
    path("sentences/<int:pk>/comments/", sentences.comment, name="sentence-comment"),
    path("review/", gzip_page(review.review), name="review"),
    path("verdicts/<int:pk>/approve/", review.approve, name="verdict-approve"),
    path("verdicts/<int:pk>/return/", review.send_back, name="verdict-return"),
    path("verdicts/<int:pk>/adjudicate/", review.adjudicate, name="verdict-adjudicate"),
    path("verdicts/<int:pk>/preview/", previews.preview, name="verdict-preview"),
    path("desks/<slug:slug>/readers/", presentation.present, name="presentation"),
    path("desks/<slug:slug>/members/", members.index, name="members"),
    path("desks/<slug:slug>/members/invite/", members.invite, name="member-invite"),
    path("memberships/<int:pk>/role/", members.change_role, name="member-role"),
    path("memberships/<int:pk>/link/", members.invite_again, name="member-link"),
    path("memberships/<int:pk>/remove/", members.remove, name="member-remove"),
    path("desks/<slug:slug>/keys/", keys.index, name="keys"),
    path("keys/<int:pk>/revoke/", keys.revoke, name="key-revoke"),
    path("public/<slug:slug>/", gzip_page(public.desk_page), name="public-desk"),
    path("public/<slug:slug>/<int:pk>/", public.check, name="public-check"),
    path("public/<slug:slug>/corrections/", public.corrections, name="public-corrections"),
    path("public/<slug:slug>/methodology/", public.methodology, name="public-methodology"),
    path("embed/articles/<int:pk>/", embeds.article, name="embed-article"),
    path("oembed/", embeds.oembed, name="oembed"),
    path("publications/", gzip_page(publications.publications), name="publications"),
    path("verdicts/<int:pk>/correct/", publications.correct, name="verdict-correct"),
    path("verdicts/<int:pk>/retract/", publications.retract, name="verdict-retract"),
]
