"""The queue by keys: selecting, doing with many at once, starting, and seeing who is at work."""

import pytest
from playwright.sync_api import expect

from annotations.models import Article
from annotations.workflow import news, presence
from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import pumped
from tests.factories import ArticleFactory, UserFactory, annotated


@pytest.fixture
def articles(desk):
    return ArticleFactory.create_batch(4, desk=desk)


@pytest.fixture
def queue(open_page, checker, articles):
    page = open_page(checker)
    page.goto("/")
    ready(page)
    return page


class TestSelection:
    def test_is_made_by_keys_and_counted_in_the_buttons(self, queue, articles, checker):
        bar = queue.locator("#bulk")
        expect(bar).to_be_hidden()
        queue.keyboard.press("j")
        queue.keyboard.press("x")
        expect(queue.get_by_role("button", name="Assign 1")).to_be_visible()

        queue.keyboard.press("j")
        queue.keyboard.press("j")
        queue.keyboard.press("X")
        queue.get_by_role("button", name="Assign 3").click()

        expect(queue.locator("#bulk-done")).to_contain_text("3 articles changed.")
        expect(queue.locator(".queue__assignee")).to_have_count(3)
        expect(queue.locator(".queue__select:checked")).to_have_count(3)
        assert Article.objects.filter(assignee=checker).count() == 3

    def test_offers_colleagues_once_the_bar_is_there(self, queue, articles, desk):
        colleague = UserFactory(on=desk)
        queue.locator(".queue__select").first.click()

        queue.get_by_label("Assign to").select_option(colleague.username)
        queue.get_by_role("button", name="Assign 1").click()

        expect(queue.locator(".queue__assignee")).to_have_count(1)
        assert Article.objects.filter(assignee=colleague).count() == 1

    def test_is_acted_upon_while_the_colleagues_are_still_on_their_way(self, queue, articles):
        held = []
        queue.route("**/people/", lambda route: held.append(route))
        queue.locator(".queue__select").first.click()
        expect(queue.locator("#bulk")).to_be_visible()
        expect(queue.locator("optgroup.htmx-request")).to_have_count(1)

        queue.get_by_role("button", name="Assign 1").click()

        expect(queue.locator("#bulk-done")).to_contain_text("1 article changed.")
        assert len(held) == 1
        held.pop().continue_()

    def test_is_acted_upon_twice_though_the_first_answer_is_slow(self, queue, articles):
        held = []
        queue.route("**/bulk/", lambda route: held.append(route))
        queue.locator(".queue__select").nth(3).click()
        queue.get_by_label("Priority").select_option("urgent")

        queue.get_by_role("button", name="Assign 1").click()
        queue.get_by_role("button", name="Set the priority 1").click()
        queue.get_by_role("button", name="Set the priority 1").click()
        pumped(queue, lambda: len(held) == 2)
        for route in held:
            route.continue_()

        expect(queue.locator(".queue__row").first).to_contain_text("urgent")
        expect(queue.locator(".queue__assignee")).to_have_count(1)
        assert len(held) == 2

    def test_takes_a_range_with_shift(self, queue):
        boxes = queue.locator(".queue__select")

        boxes.nth(3).click()
        boxes.nth(1).click(modifiers=["Shift"])

        expect(queue.locator(".queue__select:checked")).to_have_count(3)
        queue.get_by_role("button", name="Select none").click()
        expect(queue.locator("#bulk")).to_be_hidden()

    def test_prioritises(self, queue, articles):
        queue.locator(".queue__select").nth(3).click()
        queue.get_by_label("Priority").select_option("urgent")

        queue.get_by_role("button", name="Set the priority 1").click()

        expect(queue.locator(".queue__row").first).to_contain_text("urgent")
        assert Article.objects.get(priority=3).pk == articles[0].pk


class TestStart:
    def test_opens_the_next_article_and_goes_on_through_the_list(self, queue, articles):
        queue.keyboard.press("S")
        queue.wait_for_selector("#opinion")
        assert queue.url.split("#")[0].endswith(f"/articles/{articles[3].pk}/")

        queue.keyboard.press("]")

        queue.wait_for_url(f"**/articles/{articles[2].pk}/**")


class TestColleagues:
    @pytest.mark.usefixtures("empty_redis")
    def test_are_seen_at_work_without_a_reload(self, queue, articles, editor, desk):
        expect(queue.locator(".live")).to_have_attribute("data-state", "live")

        presence.work(article_id=articles[1].pk, by=editor)
        news.send(news.Hint(news.PEOPLE, desk.pk, articles[1].pk))

        row = queue.locator(".queue__row").nth(2)
        expect(row).to_contain_text("Camille Example is working on it")

    @pytest.mark.usefixtures("empty_redis")
    def test_are_seen_however_much_goes_on(self, queue, articles, checker, desk):
        """News that comes faster than the list is drawn does not put it off for ever."""
        expect(queue.locator(".live")).to_have_attribute("data-state", "live")
        Article.objects.filter(pk=articles[0].pk).update(assignee=checker)
        assigned = queue.locator(".queue__assignee")
        hint = news.Hint(news.HAPPENED, desk.pk, articles[1].pk, action="article.assigned")

        for _ in range(20):
            news.send(hint)
            queue.wait_for_timeout(300)
            if assigned.count():
                break

        assert assigned.count() == 1


class TestFilters:
    def test_are_answered_though_the_sources_are_asked_for_meanwhile(self, queue, articles):
        held = []
        queue.route("**/?*state=done*", lambda route: held.append(route))
        queue.route("**/sources/", lambda route: held.append(route))
        queue.get_by_text("More filters").click()
        queue.get_by_label("State").select_option("done")
        queue.get_by_label("Source").focus()
        expect(queue.locator(".htmx-request").nth(1)).to_be_attached()

        for route in held:
            route.continue_()

        expect(queue.locator("#queue")).to_contain_text("No article fits these filters.")


class TestViews:
    def test_are_saved_from_the_filters(self, queue):
        queue.get_by_label("State").select_option("open")
        queue.get_by_text("Save this view").click()
        queue.get_by_label("Name").fill("To do")

        queue.get_by_role("button", name="Save", exact=True).click()

        expect(queue.locator(".tab[aria-current]")).to_have_text("To do")
        assert "state=open" in queue.url


class TestReview:
    def test_approves_all_of_an_article_by_a_key(self, open_page, checker, editor, article):
        for sentence in article.sentences.all()[:3]:
            annotated(sentence, by=editor)
        page = open_page(checker)
        page.goto("/review/")
        ready(page)
        expect(page.get_by_role("button", name="Approve 3")).to_be_visible()

        page.keyboard.press("A")

        expect(page.get_by_text("3 sentences approved.")).to_be_visible()

    def test_takes_what_is_sent_the_moment_an_answer_is_there(
        self, open_page, checker, editor, article
    ):
        annotated(article.sentences.first(), by=editor)
        page, sent = open_page(checker), []
        page.goto("/review/")
        ready(page)
        page.on("request", lambda one: sent.append(one.method))
        page.locator("[data-form=return] > summary").click()
        page.evaluate(
            """() => {
              const again = () => document.querySelector("[data-form=return] form").requestSubmit();
              document.body.addEventListener("htmx:afterRequest", again, { once: true });
            }"""
        )

        page.get_by_role("button", name="Return with this comment").click()
        expect(page.locator(".verdict [role=alert]")).to_be_visible()
        page.wait_for_load_state("networkidle")

        assert [one for one in sent if one == "POST"] == ["POST", "POST"]
        assert page.url.endswith("/review/")
