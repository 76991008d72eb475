"""Every page and every button, and who of a desk may use it."""

from typing import NamedTuple

MEMBERS = ("annotator", "reviewer", "manager")
REVIEWERS = ("reviewer", "manager")
MANAGERS = ("manager",)
SECRET = "zqxj"  # noqa: S105 - in every text of the desk: strangers must not read it


class Page(NamedTuple):
    """A route, who of the desk may use it, and what is sent; `{name}` is one of the `things`."""

    method: str
    name: str
    who: tuple[str, ...]
    of: str = ""
    data: dict = {}


RULES = {
    "name": SECRET,
    "language": "fr",
    "annotators_needed": "1",
    "credit": "role",
    "engine": "standard",
}
TABLE = f"titre,texte,langue\n{SECRET},Le budget {SECRET} atteint 3 millions.,fr\n{SECRET},,"
WEBHOOK = {"url": "https://cms.example/hook", "events": "article.finished"}
PAGES = [
    Page("get", "queue", MEMBERS),
    Page("post", "start", MEMBERS),
    Page("get", "sources", MEMBERS),
    Page("get", "people", MEMBERS),
    Page("post", "bulk", MEMBERS, data={"do": "extract", "article": "{article}"}),
    Page("get", "views", MEMBERS),
    Page("post", "view-save", MEMBERS, data={"page": "queue", "name": "A", "query": "state=open"}),
    Page("post", "view", MANAGERS, of="view", data={"do": "rename", "name": "B"}),
    Page("get", "search", MEMBERS, data={"q": "budget"}),
    Page("get", "search-suggest", MEMBERS, data={"before": "source:"}),
    Page("get", "queue-news", MEMBERS, data={"once": ""}),
    Page("get", "add", MEMBERS),
    Page("post", "add", MEMBERS, data={"text": "Le budget atteint 3 millions.", "desk": "{desk}"}),
    Page("get", "import-new", MEMBERS),
    Page(
        "post",
        "import-new",
        MEMBERS,
        data={"desk": "{desk}", "format": "articles", "file": TABLE.encode()},
    ),
    Page("get", "import", MEMBERS, of="import"),
    Page("post", "import-confirm", MEMBERS, of="import"),
    Page("post", "import-cancel", MEMBERS, of="import"),
    Page("get", "import-report", MEMBERS, of="import"),
    Page("get", "keyboard", MEMBERS),
    Page("post", "keyboard", MEMBERS, data={"reset": ""}),
    Page("get", "article", MEMBERS, of="article"),
    Page("get", "article-revise", MEMBERS, of="article"),
    Page(
        "post",
        "article-revise",
        MEMBERS,
        of="article",
        data={"text": "Le budget atteint 4 millions.", "based_on": "1"},
    ),
    Page("get", "article-text", MEMBERS, of="article text"),
    Page("get", "article-report", MEMBERS, of="article"),
    Page("get", "article-progress", MEMBERS, of="article"),
    Page("get", "article-news", MEMBERS, of="article", data={"once": ""}),
    Page("post", "article-working", MEMBERS, of="article"),
    Page("post", "article-extract", MEMBERS, of="article"),
    Page("post", "article-undo", MEMBERS, of="article"),
    Page("post", "article-redo", MEMBERS, of="article"),
    Page(
        "post",
        "article-annotate",
        MEMBERS,
        of="article",
        data={"sentence": "{sentence}:0"},
    ),
    Page("post", "article-approve", REVIEWERS, of="article", data={"verdict": "{proposed}:1"}),
    Page("post", "article-take-back", REVIEWERS, of="article"),
    Page("post", "article-publish", REVIEWERS, of="article"),
    Page("get", "sentence", MEMBERS, of="sentence"),
    Page("post", "sentence-split", MEMBERS, of="free", data={"place": "9"}),
    Page("post", "sentence-merge", MEMBERS, of="free"),
    Page("post", "sentence-annotate", MEMBERS, of="sentence", data={"label": "disputed"}),
    Page("post", "sentence-comment", MEMBERS, of="sentence", data={"comment": "Voyez."}),
    Page("get", "review", MEMBERS),
    Page("post", "verdict-approve", REVIEWERS, of="proposed", data={"version": "1"}),
    Page(
        "post", "verdict-return", REVIEWERS, of="proposed", data={"version": "1", "comment": "Non."}
    ),
    Page(
        "post",
        "verdict-adjudicate",
        REVIEWERS,
        of="proposed",
        data={"version": "1", "label": "disputed", "rationale": "Recompté."},
    ),
    Page("get", "verdict-preview", REVIEWERS, of="proposed"),
    Page("get", "publications", MEMBERS),
    Page("get", "verdict-correct", REVIEWERS, of="published"),
    Page("get", "verdict-retract", REVIEWERS, of="published"),
    Page(
        "post",
        "verdict-correct",
        REVIEWERS,
        of="published",
        data={"version": "{version}", "label": "disputed", "note": "Corrigé."},
    ),
    Page(
        "post",
        "verdict-retract",
        REVIEWERS,
        of="published",
        data={"version": "{version}", "note": "Faux."},
    ),
    Page("get", "exports", MEMBERS),
    Page("post", "export-order", MANAGERS, of="", data={"desk": "{desk}", "format": "csv"}),
    Page("post", "export-remove", MANAGERS, of="export"),
    Page("get", "presentation", MANAGERS, of="slug"),
    Page(
        "post", "presentation", MANAGERS, of="slug", data={"methodology": "À deux.", "version": "1"}
    ),
    Page("get", "insights", MEMBERS),
    Page("get", "insights-table", MEMBERS, of="panel"),
    Page("get", "settings", MEMBERS),
    Page("get", "password", MEMBERS),
    Page("post", "password", MEMBERS, data={"old_password": "no"}),
    Page("get", "appearance", MEMBERS),
    Page("post", "appearance", MEMBERS, data={"theme": "dark", "language": "fr"}),
    Page("get", "desk-create", ()),
    Page("post", "desk-create", (), data=RULES | {"slug": "new"}),
    Page("get", "desk-rules", MANAGERS, of="slug"),
    Page("post", "desk-rules", MANAGERS, of="slug", data=RULES | {"version": "1"}),
    Page("get", "guidelines", MEMBERS, of="slug"),
    Page("get", "guidelines-edit", MANAGERS, of="slug"),
    Page(
        "post",
        "guidelines-edit",
        MANAGERS,
        of="slug",
        data={"guidelines": "Une phrase.", "version": "1"},
    ),
    Page("get", "webhooks", MANAGERS, of="slug"),
    Page("post", "webhooks", MANAGERS, of="slug", data=WEBHOOK),
    Page("get", "webhook", MANAGERS, of="webhook"),
    Page("post", "webhook", MANAGERS, of="webhook", data=WEBHOOK | {"version": "1"}),
    Page("post", "webhook-rotate", MANAGERS, of="webhook", data={"overlap": "24"}),
    Page("post", "webhook-pause", MANAGERS, of="webhook"),
    Page("post", "webhook-resume", MANAGERS, of="webhook"),
    Page("post", "webhook-remove", MANAGERS, of="webhook"),
    Page("post", "webhook-redeliver", MANAGERS, of="webhook delivery"),
    Page("get", "members", MANAGERS, of="slug"),
    Page("post", "members", MANAGERS, of="slug", data={"add-who": "zoe", "add-role": "reviewer"}),
    Page(
        "post",
        "member-invite",
        MANAGERS,
        of="slug",
        data={"invite-username": "noa", "invite-role": "reviewer"},
    ),
    Page(
        "post",
        "member-role",
        MANAGERS,
        of="membership",
        data={"role": "reviewer", "seen": "annotator"},
    ),
    Page("post", "member-link", MANAGERS, of="membership"),
    Page("post", "member-remove", MANAGERS, of="membership"),
    Page("get", "keys", MANAGERS, of="slug"),
    Page(
        "post",
        "keys",
        MANAGERS,
        of="slug",
        data={"name": "Site", "scopes": "read:all", "expires": "30"},
    ),
    Page("post", "key-revoke", MANAGERS, of="key"),
]
# For everybody where the desk is public; else for nobody, whoever asks.
PUBLIC = [
    Page("get", "public-desk", (), of="slug"),
    Page("get", "public-check", (), of="slug published"),
    Page("get", "public-corrections", (), of="slug"),
    Page("get", "public-methodology", (), of="slug"),
    Page("get", "embed-article", (), of="article"),
    Page("get", "oembed", (), data={"url": "http://testserver{embed}"}),
]
# They know no desk: logging in and out, the first password, and the language that one reads.
OPEN = {"login", "logout", "welcome", "language"}
MINE = {"start", "bulk", "view-save", "keyboard", "password", "appearance", "desk-create"}
# Places of one's own and lists: there for everybody who is logged in, each with what is theirs.
OWN = [page for page in PAGES if page.of in ("", "panel") and page.method == "get" and page.who]
OF_DESK = [
    page for page in PAGES if page not in OWN and page.name not in {"add", "import-new", *MINE}
]
