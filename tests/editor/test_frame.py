import re

from django.test import Client

from tests.factories import UserFactory


def header(client, path="/"):
    page = client.get(path).content.decode()
    return page[page.index("<header") : page.index("</header>")]


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


class TestHeader:
    def test_names_the_reader_and_escapes_it(self, desk):
        reader = UserFactory(on=desk, display_name="<b>Ada</b>")

        shown = header(client_of(reader))

        assert "&lt;b&gt;Ada&lt;/b&gt;" in shown
        assert "<b>Ada" not in shown
        assert f'data-person="{reader.pk}"' in shown

    def test_is_of_who_looks_also_where_names_are_the_same(self, desk):
        first, second = (UserFactory(on=desk, display_name="Ada Model") for _ in range(2))
        header(client_of(first))

        assert f'data-person="{second.pk}"' in header(client_of(second))

    def test_has_the_token_of_the_session(self, desk):
        reader = UserFactory(on=desk)
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        header(client_of(reader))

        (token, again) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', header(client))
        response = client.post("/logout/", {"csrfmiddlewaretoken": token})

        assert token == again
        assert response.status_code == 302

    def test_leads_back_to_the_page(self, as_reviewer):
        header(as_reviewer, "/review/")

        shown = header(as_reviewer, "/?language=fr&state=done")

        assert 'name="next" value="/?language=fr&amp;state=done"' in shown

    def test_marks_the_page(self, as_reviewer):
        pages = {path: header(as_reviewer, path) for path in ("/", "/review/", "/settings/keys/")}

        marked = {
            path: re.findall(r'aria-current="page">(\w+)', one) for path, one in pages.items()
        }
        assert marked == {"/": ["Queue"], "/review/": ["Review"], "/settings/keys/": []}

    def test_speaks_the_language_of_the_reader(self, desk):
        english, french = (UserFactory(on=desk, language=one) for one in ("en", "fr"))

        assert "Insights" in header(client_of(english))
        assert "Insights" not in header(client_of(french))
