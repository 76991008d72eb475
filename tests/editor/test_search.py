import pytest
from django.urls import reverse

from annotations.models import Sentence
from tests.editor.conftest import html_of, logged_in
from tests.factories import ArticleFactory, DeskFactory, UserFactory, annotated, approved
from tests.models.search.texts import wrote

SEARCH = reverse("editor:search")
SUGGEST = reverse("editor:search-suggest")


@pytest.fixture
def article(desk):
    found = ArticleFactory(desk=desk, title="Missiles & drones", source_name="La Gazette")
    wrote(found, "Huit <b>missiles</b> sont tombés.", "Rien d’autre.", "Un missile de plus.")
    return found


def titles(response):
    return [one.article.title for one in response.context["results"].groups]


class TestSearch:
    def test_sends_strangers_to_the_login(self, client, db):
        assert client.get(SEARCH).url.startswith(reverse("editor:login"))

    def test_asks_what_to_look_for(self, as_annotator):
        page = html_of(as_annotator.get(SEARCH))

        assert "What can be looked for" in page
        assert "<code>assigned:</code>" in page

    def test_marks_the_words_and_escapes_the_rest(self, as_annotator, article):
        page = html_of(as_annotator.get(SEARCH, {"q": "missiles"}))

        assert "<mark>Missiles</mark> &amp; drones" in page
        assert "Huit &lt;b&gt;<mark>missiles</mark>&lt;/b&gt; sont tombés." in page
        assert "Un <mark>missile</mark> de plus." in page
        assert "Rien" not in page

    def test_leads_to_the_sentence(self, as_annotator, article):
        sentence = Sentence.objects.get(index=2)

        page = html_of(as_annotator.get(SEARCH, {"q": "plus"}))

        assert f'href="/articles/{article.pk}/#s{sentence.pk}"' in page

    def test_takes_the_same_queries_however_much_is_found(
        self, as_annotator, annotator, desk, django_assert_num_queries
    ):
        for _ in range(6):
            one = ArticleFactory(desk=desk, source_name=None, sentences=7)
            annotated(one.sentences.first(), by=annotator)

        # who asks: session, person, desks; saved searches; few places; articles, texts, labels
        with django_assert_num_queries(8):
            response = as_annotator.get(SEARCH, {"q": "phrase"})

        assert len(titles(response)) == 6

    @pytest.mark.parametrize("order", ["best", "newest"])
    def test_pages_by_key(self, as_annotator, desk, order, monkeypatch):
        monkeypatch.setattr("annotations.editor.found.ARTICLES", 2)
        articles = ArticleFactory.create_batch(5, desk=desk)
        seen, query = [], {"q": "phrase", "order": order}

        for _ in range(3):
            response = as_annotator.get(SEARCH, query)
            seen += titles(response)
            query["before"] = response.context["older"]

        assert sorted(seen) == sorted(one.title for one in articles)
        assert response.context["older"] == ""

    def test_shows_a_few_sentences_and_leads_to_all(self, as_annotator, desk):
        article = ArticleFactory(desk=desk, sentences=9)

        [few] = as_annotator.get(SEARCH, {"q": "phrase"}).context["results"].groups
        [every] = (
            as_annotator.get(SEARCH, {"q": "phrase", "article": article.pk})
            .context["results"]
            .groups
        )

        assert (len(few.hits), few.is_cut) == (5, True)
        assert (len(every.hits), every.is_cut) == (9, False)

    def test_finds_by_operators_alone(self, as_annotator, annotator, reviewer, article):
        sentence = article.sentences.first()
        approved(sentence, annotator=annotator, reviewer=reviewer, label="disputed")

        [group] = as_annotator.get(SEARCH, {"q": "label:disputed"}).context["results"].groups

        assert [(one.sentence_id, one.label) for one in group.hits] == [(sentence.pk, "disputed")]
        assert group.hits[0].pieces == [(sentence.exact, False)]

    def test_says_what_cannot_be_used_and_keeps_it(self, as_annotator, article):
        response = as_annotator.get(SEARCH, {"q": "missiles labl:disputed"})

        page = html_of(response)
        assert response.status_code == 422
        assert "“labl:” at character 10 is no operator." in page
        assert 'value="missiles labl:disputed"' in page
        assert 'aria-invalid="true"' in page

    def test_says_that_nothing_was_found(self, as_annotator, article):
        assert "Nothing was found" in html_of(as_annotator.get(SEARCH, {"q": "nowhere"}))

    @pytest.mark.parametrize("before", ["x", "1_x", "nan_3", "1e400_2", "9" * 200, "1_" + "9" * 30])
    def test_begins_at_the_start_where_the_place_is_none(self, as_annotator, article, before):
        response = as_annotator.get(SEARCH, {"q": "missiles", "before": before})

        assert response.status_code == 200

    def test_ends_at_ones_own_desks(self, as_annotator):
        foreign = ArticleFactory(desk=DeskFactory(), title="Missiles ailleurs")

        assert titles(as_annotator.get(SEARCH, {"q": "missiles"})) == []
        assert titles(as_annotator.get(SEARCH, {"q": "phrase", "article": foreign.pk})) == []

    def test_shows_no_label_that_a_blind_desk_hides(self, desk, annotator, reviewer, article):
        desk.is_blind = True
        desk.save()
        annotated(article.sentences.first(), by=UserFactory(on=desk), label="disputed")

        hidden = logged_in(annotator).get(SEARCH, {"q": "huit"}).context["results"].groups[0]
        open_ = logged_in(reviewer).get(SEARCH, {"q": "huit"}).context["results"].groups[0]

        assert (hidden.hits[0].label, open_.hits[0].label) == ("", "disputed")
        assert titles(logged_in(annotator).get(SEARCH, {"q": "label:disputed"})) == []

    def test_can_be_saved(self, as_annotator, article):
        page = html_of(as_annotator.get(SEARCH, {"q": "label:disputed"}))
        assert 'name="query" value="q=label%3Adisputed&amp;order=best"' in page
        data = {"page": "search", "name": "Contesté", "query": "q=label%3Adisputed&order=best"}

        response = as_annotator.post(reverse("editor:view-save"), data)

        page = html_of(as_annotator.get(response.url))
        assert 'aria-current="page">Contesté</a>' in page

    def test_is_asked_from_every_page(self, as_annotator, article):
        for path in ("/", f"/articles/{article.pk}/", "/publications/"):
            assert 'id="header-search"' in html_of(as_annotator.get(path))


class TestOperators:
    def asked(self, client, text, language):
        response = client.get(SEARCH, {"q": text}, headers={"accept-language": language})
        return [(one.told, one.rest) for one in response.context["asked"]]

    def test_are_told_in_the_readers_words_and_the_rest_as_typed(self, as_annotator, article):
        text = "missiles label:contesté -source:Gazette"
        text = text.replace("Gazette", '"La Gazette"')

        assert self.asked(as_annotator, text, "fr") == [
            ("étiquette:contesté", 'missiles -source:"La Gazette"'),
            ('-source:"La Gazette"', "missiles label:contesté"),
        ]
        assert self.asked(as_annotator, text, "en")[0][0] == "label:disputed"

    def test_keep_the_address_as_it_was_typed(self, as_annotator, article):
        page = html_of(as_annotator.get(SEARCH, {"q": "étiquette:contesté huit"}))

        assert 'value="étiquette:contesté huit"' in page
        assert "<code>label:disputed</code>" in page
        assert 'href="?q=huit"' in page

    def test_are_explained_by_the_names_the_reader_uses(self, as_annotator):
        page = html_of(as_annotator.get(SEARCH, headers={"accept-language": "fr"}))

        assert "<code>étiquette:</code>" in page
        assert "<code>label:</code>" not in page

    def test_are_kept_by_a_saved_search(self, as_annotator, article):
        data = {"page": "search", "name": "Contesté", "query": "q=étiquette:contesté&order=best"}

        found = as_annotator.post(reverse("editor:view-save"), data, follow=True)

        assert found.context["text"] == "étiquette:contesté"
        assert 'aria-current="page">Contesté</a>' in html_of(found)


class TestSuggest:
    def offered(self, client, before, language="en"):
        headers = {"accept-language": language}
        response = client.get(SUGGEST, {"before": before}, headers=headers)
        return [(one.value, one.before) for one in response.context["suggestions"]]

    def test_offers_operators(self, as_annotator):
        assert ("label:", "missiles -label:") in self.offered(as_annotator, "missiles -la")

    def test_offers_values(self, as_annotator, desk, article, annotator):
        assert self.offered(as_annotator, "label:dispu") == [("disputed", "label:disputed ")]
        assert self.offered(as_annotator, "source:gaz") == [("La Gazette", 'source:"La Gazette" ')]
        assert self.offered(as_annotator, f"desk:{desk.slug}")[0][0] == desk.slug
        assert ("me", "assigned:me ") in self.offered(as_annotator, "assigned:")
        assert ("fr", "lang:fr ") in self.offered(as_annotator, "lang:")

    def test_offers_names_of_the_readers_language_or_of_the_one_begun(self, as_annotator):
        assert ("étiquette:", "-étiquette:") in self.offered(as_annotator, "-éti", "fr")
        assert ("label:", "label:") in self.offered(as_annotator, "lab", "fr")
        assert ("rubrique:", "rubrique:") in self.offered(as_annotator, "rub")
        assert self.offered(as_annotator, "label:cont", "fr") == [("contesté", "label:contesté ")]
        assert self.offered(as_annotator, "Étiquette:dis")[0] == ("disputed", "Étiquette:disputed ")
        assert self.offered(as_annotator, "confié:", "fr")[:2] == [
            ("moi", "confié:moi "),
            ("personne", "confié:personne "),
        ]
        assert ("hier", "après:hier ") in self.offered(as_annotator, "après:", "fr")

    def test_offers_claimants_by_their_first_letters(self, as_annotator, desk):
        ArticleFactory(desk=desk)

        assert self.offered(as_annotator, "claimant:mini") == [("Ministère", "claimant:Ministère ")]
        assert self.offered(as_annotator, "claimant:NISTE") == [
            ("Ministère", "claimant:Ministère ")
        ]
        assert self.offered(as_annotator, "claimant:m") == []

    @pytest.mark.parametrize("before", ['"huit mis', "nowhere:x", "x" * 2000])
    def test_offers_nothing_elsewhere(self, as_annotator, before):
        assert self.offered(as_annotator, before) == []

    def test_offers_nothing_of_other_desks(self, as_annotator):
        ArticleFactory(desk=DeskFactory(), source_name="Ailleurs")

        assert self.offered(as_annotator, "source:ail") == []
        assert self.offered(as_annotator, "claimant:mini") == []
