"""Ways to search: what is few is looked up first, and the same is found."""

import pytest
from django.db import connection

from annotations.models import Article, SearchEntry
from annotations.models.search_filters import Seeker, on_articles
from annotations.workflow import searching
from tests.factories import (
    ArticleFactory,
    CandidateFactory,
    DeskFactory,
    UserFactory,
    annotated,
    approved,
)
from tests.models.search.texts import TODAY, wrote


class TestWays:
    """Few places are looked up first, frequent ones come upon on the way: the same is found."""

    @pytest.mark.parametrize(
        "text",
        [
            "missile",
            "huit missiles",
            '"huit missiles"',
            "missiles -huit",
            "porte-parole",
            "-missiles",
            "dans",
            "huit dans",
            "président",
            "nowhere else",
        ],
    )
    def test_all_find_the_same(self, french, english, found, text, monkeypatch):
        wrote(french, "Huit missiles, dans l’air.", "Des missiles, huit.", "Le porte-parole.")
        wrote(english, "Eight missiles.", "Huit missiles was the title.", "The president.")
        looked_up = found(text)

        for few, frequent in ((0, 1000), (0, 0)):
            monkeypatch.setattr("annotations.models.search.FEW", few)
            monkeypatch.setattr("annotations.models.search.FREQUENT", frequent)
            assert found(text) == looked_up

    def test_take_no_statement_more_for_what_is_not_there(
        self, french, found, django_assert_num_queries
    ):
        wrote(french, "Des missiles.")

        with django_assert_num_queries(2):  # the newest, few of all
            assert found("drones") == []

    def test_never_have_workers_read_ahead_of_a_page(self, french, desk, annotator):
        query = searching.read("missiles label:disputed", desks=[desk], today=TODAY)
        wrote(french, *["Des missiles."] * 3)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL debug_parallel_query = on")

        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        assert "Gather" in SearchEntry.objects.all().explain()
        assert "Gather" not in rows.explain()
        assert "Gather" not in Article.objects.filter(pk__in=rows.values("article")).explain()

    def test_look_no_further_than_ones_desks(self, desk, annotator, django_assert_num_queries):
        foreign = ArticleFactory(desk=DeskFactory(), language="fr")
        wrote(foreign, *["Huit missiles."] * 30)
        query = searching.read("huit missiles", desks=[desk], today=TODAY)

        with django_assert_num_queries(3):  # the newest of one's own, few of all, what was found
            rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))
            assert list(rows) == []


class TestRare:
    """Few verdicts and few of a kind are looked up first: the same is found as on the way."""

    @pytest.fixture
    def worked(self, french, english, annotator, reviewer):
        one, two, _three = wrote(french, "Un un.", "Deux deux.", "Trois trois.")
        four, five = wrote(english, "Four four.", "Five five.")
        for sentence, label in ((one, "disputed"), (five, "disputed"), (two, "unverified")):
            annotated(sentence, by=annotator, label=label)
        approved(four, annotator=annotator, reviewer=reviewer)
        for sentence, kind in ((one, "event"), (two, "event"), (four, "quotation")):
            CandidateFactory(desk=french.desk, sentence=sentence, kind=kind)

    @pytest.mark.parametrize("few", [1000, 1, 0])
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("label:disputed", ["Un un.", "Five five."]),
            ("label:disputed label:unverified", ["Un un.", "Deux deux.", "Five five."]),
            ("label:verified state:approved", ["Four four."]),
            ("label:verified state:proposed", []),
            ("label:disputed five", ["Five five."]),
            ("state:retracted", []),
            ("-state:proposed -is:title", ["Trois trois.", "Four four."]),
            ("kind:event", ["Un un.", "Deux deux."]),
            ("kind:event kind:quotation", ["Un un.", "Deux deux.", "Four four."]),
            ("kind:event label:disputed", ["Un un."]),
            ("kind:question", []),
        ],
    )
    def test_is_found_in_each_way_alike(self, worked, found, monkeypatch, text, words, few):
        monkeypatch.setattr("annotations.models.few.FEW", few)

        assert found(text) == words

    @pytest.mark.parametrize("few", [1000, 0])
    def test_is_found_in_the_same_articles(
        self, worked, desk, french, english, annotator, monkeypatch, few
    ):
        monkeypatch.setattr("annotations.models.few.FEW", few)
        by = Seeker(annotator, [desk])

        def articles(text, below=0):
            query = searching.read(text, desks=[desk], today=TODAY)
            rows = SearchEntry.objects.found(query, by=by)
            on = on_articles(query.filters, by)
            hits = rows.newest_articles(below=below, size=2, on=on)
            return [(one.article_id, one.number) for one in hits]

        assert articles("label:disputed") == [(english.pk, 1), (french.pk, 1)]
        assert articles("label:disputed", below=english.pk) == [(french.pk, 1)]
        assert articles("label:disputed label:unverified") == [(english.pk, 1), (french.pk, 2)]
        assert articles("state:approved label:disputed") == []
        assert articles("-label:disputed -is:title") == [(english.pk, 1), (french.pk, 2)]

    def test_is_ranked_in_the_newest_articles(self, desk, french, annotator, monkeypatch):
        newer = ArticleFactory(desk=desk, language="fr")
        for article in (french, newer):
            [sentence] = wrote(article, "Des missiles.")
            annotated(sentence, by=annotator, label="disputed")
        by = Seeker(annotator, [desk])
        query = searching.read("label:disputed missiles", desks=[desk], today=TODAY)
        rows, on = SearchEntry.objects.found(query, by=by), on_articles(query.filters, by)

        def ranked():
            best = rows.best_articles(query, below=None, size=9, on=on)
            return [(one.article_id, one.number) for one in best]

        assert ranked() == [(newer.pk, 1), (french.pk, 1)]
        monkeypatch.setattr("annotations.models.search.ARTICLES_AT_MOST", 1)
        assert ranked() == [(newer.pk, 1)]

    def test_is_looked_up_until_something_is_few(self, worked, found, django_assert_num_queries):
        with django_assert_num_queries(2):  # few of a kind, what was found
            assert found("kind:event label:disputed state:proposed") == ["Un un."]
        with django_assert_num_queries(1):
            assert found("-label:disputed -kind:event -is:title") == ["Trois trois.", "Four four."]

    def test_is_looked_for_on_ones_desks_only(self, worked, annotator, found):
        other = DeskFactory()
        stranger = UserFactory(on=other)
        foreign = ArticleFactory(desk=other, sentences=1)
        annotated(foreign.sentences.get(), by=stranger, label="disputed")

        assert found("label:disputed") == ["Un un.", "Five five."]
        assert len(found("label:disputed", by=stranger, desks=[other])) == 1
        assert found("label:disputed", by=stranger, desks=[]) == []
        assert found("-kind:event", by=stranger, desks=[]) == []


class TestSources:
    @pytest.mark.parametrize("few", [1000, 1, 0])
    def test_are_asked_for_in_each_way_alike(self, desk, found, monkeypatch, few):
        monkeypatch.setattr("annotations.models.articles.FEW", few)
        first = ArticleFactory(desk=desk, title="A", source_name="La Gazette")
        second = ArticleFactory(desk=desk, title="B", source_name=None)
        Article.objects.filter(pk=second.pk).update(source=first.source)
        ArticleFactory(desk=desk, title="C", source_name="Le Phare")
        ArticleFactory(desk=desk, title="D", source_name=None)

        assert found('source:"LA GAZETTE" is:title') == ["A", "B"]
        assert found('source:"La Gazette" source:"Le Phare" is:title') == ["A", "B", "C"]
        assert found('-source:"La Gazette" is:title') == ["C", "D"]
        assert len(found('source:"La Gazette" "phrase 0"')) == 2
