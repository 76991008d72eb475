"""Every page in its states, and how each is reached: one row for each, in `STATES`."""

from collections.abc import Callable
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from annotations import tasks
from annotations.models import Sentence
from annotations.workflow import tagging
from tests.browser.conftest import ready

ERRORS = ("400", "403", "403_csrf", "404", "413", "429", "500")


class State(NamedTuple):
    """A route in one of its states: of which thing, with what in the address, after which deed."""

    route: str
    of: str = ""
    act: Callable | None = None
    query: str = ""

    @property
    def name(self):
        done = self.act.__name__ if self.act else ""
        return " ".join(part for part in (self.route, self.of, self.query, done) if part)

    def reach(self, page, things):
        page.emulate_media(media="screen")
        if self.route in ERRORS:
            _answer_with(page, f"{self.route}.html")
        else:
            arguments = [getattr(things, name) for name in self.of.split()]
            page.goto(reverse(f"editor:{self.route}", args=arguments) + self.query)
        if page.locator("script[type=module]").count():
            ready(page)
        if self.act:
            self.act(page, things)


def _answer_with(page, template):
    """Show a page of errors as the server draws it; its styles are the server's own."""
    context = {"again_at": timezone.now(), "minutes": 15} if template == "429.html" else {}
    body = render_to_string(template, context)
    page.route("**/broken/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/broken/")
    page.unroute("**/broken/")


def all_opened(page, things):
    """Open everything that can be opened, and wait for what is fetched then."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    expect(page.locator(".htmx-request")).to_have_count(0)


def keys_shown(page, things):
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def menu_open(page, things):
    page.locator(".menu-button").click()
    expect(page.locator("#menu")).to_be_visible()


def sent_empty(page, things):
    """Send the page's form with nothing in it; the server says what is missing."""
    form = page.locator("main form:has(button[type=submit])").last
    form.evaluate("(form) => { form.noValidate = true; form.requestSubmit(); }")
    page.wait_for_selector("main [role=alert], main .field--wrong, main .problem")


def keys_in_conflict(page, things):
    page.locator("#key-verified").fill("u")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("main [role=alert]")


def refused_login(page, things):
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("[role=alert]")


def rows_selected(page, things):
    page.locator(".queue__select").first.check()
    expect(page.locator("#bulk")).to_be_visible()


def done_together(page, things):
    rows_selected(page, things)
    page.get_by_role("button", name="Extract").first.click()
    page.wait_for_selector("#bulk-done > *")


def suggested(page, things):
    page.locator("#search").fill("label:")
    page.wait_for_selector("[role=listbox] [role=option]")


def inspected(page, things):
    page.wait_for_selector("#inspector [aria-labelledby=comments-title]")


def evidence_open(page, things):
    inspected(page, things)
    page.get_by_role("button", name="Add evidence").click()
    all_opened(page, things)


def at_sentence(index):
    def selected(page, things):
        sentence = Sentence.objects.get(article=things.article, index=index)
        page.evaluate(f"location.hash = 's{sentence.pk}'")
        page.wait_for_selector(f"#inspector[data-sentence='{sentence.pk}']")
        all_opened(page, things)

    selected.__name__ = f"sentence_{index + 1}"
    return selected


def in_conflict(page, things):
    """Label a sentence that somebody in one's name labelled elsewhere meanwhile."""
    sentence = Sentence.objects.get(article=things.article, index=8)
    at_sentence(8)(page, things)
    page.locator("#rationale").fill("Mine.")
    opinion = tagging.Opinion(label="disputed", rationale="Elsewhere.")
    page.context.set_offline(True)
    tagging.annotate(
        sentence=sentence, opinion=opinion, by=things.manager, at=timezone.now(), based_on=0
    )
    page.locator(".label-button--verified").click()
    page.wait_for_url(lambda url: not url.endswith(f"#s{sentence.pk}"))
    page.context.set_offline(False)
    at_sentence(8)(page, things)
    page.wait_for_selector(".sides")
    expect(page.locator("#problems")).not_to_contain_text("cannot be reached")


def not_saved(page, things):
    inspected(page, things)
    page.context.set_offline(True)
    page.keyboard.press("u")
    expect(page.locator("#saving")).to_be_visible()
    expect(page.locator("#problems [role=alert]")).to_be_visible()


def deciding(page, things):
    page.locator("[data-form=adjudicate] > summary").first.click()
    page.locator("[data-form=return] > summary").first.click()


def refused_return(page, things):
    card = page.locator(".verdict--proposed").first
    card.locator("[data-form=return] > summary").click()
    card.get_by_role("button", name="Return with this comment").click()
    page.wait_for_selector(".verdict [role=alert]")


def correcting(page, things):
    page.locator("summary", has_text="Correct").first.click()
    page.get_by_role("button", name="Add evidence").first.click()


def retracting(page, things):
    page.locator("summary", has_text="Retract").first.click()
    expect(page.get_by_label("Public note").first).to_be_visible()


def beaten(page, things):
    """Send a text where a colleague was faster."""
    page.locator("[name=based_on]").evaluate("(field) => { field.value = 0; }")
    page.get_by_role("button", name="Save the new text").click()
    page.wait_for_selector("main [role=alert]")


def key_made(page, things):
    page.get_by_label("Name").fill("Other")
    page.get_by_role("button", name="Create the key").click()
    page.wait_for_selector("#once")


def invited(page, things):
    page.get_by_label("User name", exact=True).fill("lou")
    page.get_by_role("button", name="Create a link").click()
    page.wait_for_selector("#once")


def confirmed(page, things):
    page.get_by_role("button", name="Import 1 article").click()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()


def carried_out(page, things):
    tasks.carry_out_import.apply(kwargs={"import_id": things.import_}).get()
    page.reload()
    expect(page.get_by_text("1 article was imported")).to_be_visible()


def rest_offered(page, things):
    page.wait_for_selector("#opinion")
    page.keyboard.press("N")
    expect(page.locator("[data-rest-mark]")).to_be_focused()


def rest_marked(page, things):
    rest_offered(page, things)
    page.keyboard.press("Enter")
    expect(page.locator("[data-rest-told]")).to_be_visible()


def on_paper(page, things):
    page.emulate_media(media="print")


# --- the table ------------------------------------------------------------------------------------

STATES = {
    "stranger": [
        *(State(code) for code in ERRORS),
        State("login"),
        State("login", act=refused_login),
        State("welcome", "uidb64 token"),
        State("welcome", "uidb64 old_token"),
        State("public-desk", "slug"),
        State("public-check", "slug published"),
        State("public-corrections", "slug"),
        State("public-methodology", "slug"),
        State("embed-article", "article"),
    ],
    "newcomer": [
        *(State(name) for name in ("queue", "search", "views", "review", "publications")),
        State("insights"),
        State("import-new"),
    ],
    "manager": [
        State("queue", act=all_opened),
        State("queue", act=rows_selected),
        State("queue", act=done_together),
        State("queue", act=menu_open),
        State("queue", act=keys_shown),
        State("queue", query="?state=failed&start=none"),
        State("search", query="?q=total+-label:disputed+after:yesterday"),
        State("search", query="?q=total"),
        State("search", query="?q=nowhere", act=all_opened),
        State("search", query="?q=labl:x"),
        State("search", act=suggested),
        State("views"),
        State("add", act=sent_empty),
        State("article-revise", "article"),
        State("article-revise", "article", act=beaten),
        State("article-text", "revised newer"),
        State("article-text", "revised older"),
        State("import-new", act=sent_empty),
        State("import", "import_"),
        State("import", "import_", act=confirmed),
        State("import", "import_", act=carried_out),
        State("review", act=all_opened),
        State("review", act=deciding),
        State("review", act=refused_return),
        State("publications", act=all_opened),
        State("publications", act=correcting),
        State("publications", act=retracting),
        State("insights", act=all_opened),
    ],
    "settings": [
        State("settings"),
        State("keyboard"),
        State("keyboard", act=keys_in_conflict),
        State("appearance"),
        State("password", act=sent_empty),
        State("desk-create", act=sent_empty),
        State("desk-rules", "slug"),
        State("guidelines", "slug", act=all_opened),
        State("guidelines-edit", "slug"),
        State("members", "slug", act=all_opened),
        State("members", "slug", act=invited),
        State("keys", "slug", act=all_opened),
        State("keys", "slug", act=key_made),
        State("webhooks", "slug", act=all_opened),
        State("webhook", "webhook", act=all_opened),
        State("presentation", "slug"),
    ],
    "workbench": [
        State("article", "article", act=evidence_open),
        State("article", "article", act=at_sentence(0)),  # published
        State("article", "article", act=at_sentence(4)),  # contested
        State("article", "article", act=at_sentence(5)),  # returned
        State("article", "article", act=rest_offered),
        State("article", "article", act=keys_shown),
        State("article", "blind", act=inspected),
        State("article", "waiting"),
        State("article", "failed"),
        State("article", "bare"),
        State("article-report", "article"),
        State("article-report", "article", act=on_paper),
        State("article", "article", act=in_conflict),
        State("article", "article", act=rest_marked),
        State("article", "article", act=not_saved),
    ],
}
# What other pages fetch, and what is a file or a stream.
PARTS = {
    "sources",
    "people",
    "search-suggest",
    "queue-news",
    "article-news",
    "article-progress",
    "sentence",
    "import-report",
    "verdict-preview",
    "verdict-correct",
    "verdict-retract",
    "exports",
    "insights-table",
    "oembed",
}
