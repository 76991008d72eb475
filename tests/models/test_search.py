"""What the search finds, through the index that the database keeps itself."""

import pytest
from django.db import connection

from annotations.models import Article, SearchEntry, Sentence
from annotations.models.search_filters import Seeker, on_articles
from annotations.workflow import searching, tagging
from tests.factories import (
    ArticleFactory,
    CandidateFactory,
    DeskFactory,
    UserFactory,
    annotated,
    approved,
)


def wrote(article, *texts):
    """Give the article's newest text these sentences; return them."""
    Sentence.objects.filter(article=article).delete()
    start, made = 0, []
    for index, exact in enumerate(texts):
        made.append(
            Sentence(
                article=article,
                revision=article.current_revision,
                index=index,
                start=start,
                end=start + len(exact),
                exact=exact,
            )
        )
        start += len(exact) + 1
    return Sentence.objects.bulk_create(made)


@pytest.fixture
def french(desk):
    return ArticleFactory(desk=desk, language="fr", title="Un titre")


@pytest.fixture
def english(desk):
    return ArticleFactory(desk=desk, language="en", title="A title")


@pytest.fixture
def found(desk, annotator):
    """Return the words of what a query finds."""

    def search(text, *, by=annotator, desks=(desk,), blind=()):
        query = searching.read(text, desks=desks)
        rows = SearchEntry.objects.found(query, by=Seeker(by, desks, blind))
        rows = rows.select_related("article", "sentence").order_by("pk")
        return [one.sentence.exact if one.sentence else one.article.title for one in rows]

    return search


class TestWords:
    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            ("La présidente a démissionné.", "president"),
            ("La présidente a démissionné.", "PRÉSIDENTES"),
            ("Le president a demissionne.", "démissionner"),
            ("Un œuf coûte 3,5 euros.", "oeufs"),
            ("Un œuf coûte 3,5 euros.", "3,5"),
            ("Le solde est de -3,5 %.", "3,5"),
            ("Le budget 2024-2025 est voté.", "2025"),
            ("L’élection est reportée.", "élections"),
            ("Le porte-parole a parlé.", "porte-parole"),
            ("Le porte-parole a parlé.", "parole"),
            ("Le pre\u0301sident parle.", "président"),
        ],
    )
    def test_are_found_by_their_stem_without_accents(self, french, found, text, asked):
        wrote(french, text, "Rien de tel ici.")

        assert found(asked) == [text]

    def test_are_read_in_the_language_of_the_article(self, french, english, found):
        wrote(english, "The presidents were elected.")
        wrote(french, "Les présidents parlent.")

        assert found("president") == ["The presidents were elected.", "Les présidents parlent."]
        assert found("president -parlent") == ["The presidents were elected."]
        assert found("election") == ["The presidents were elected."]

    def test_other_languages_are_found_as_they_stand(self, desk, found):
        german = ArticleFactory(desk=desk, language="de", title="Titel")
        wrote(german, "Das Büro öffnet.")

        assert found("buro") == ["Das Büro öffnet."]

    def test_stand_all_in_the_same_sentence(self, french, found):
        wrote(french, "Huit missiles sont tombés.", "Huit jours plus tard.", "Des missiles.")

        assert found("huit missiles") == ["Huit missiles sont tombés."]

    def test_of_a_phrase_stand_side_by_side(self, french, found):
        wrote(french, "Huit missiles sont tombés.", "Des missiles, huit en tout.")

        assert found('"huit missiles"') == ["Huit missiles sont tombés."]
        assert found('missiles -"huit missiles"') == ["Des missiles, huit en tout."]

    def test_that_are_everywhere_find_nothing(self, french, found):
        wrote(french, "Dans une ville.")

        assert found("dans") == []

    def test_of_titles_are_found(self, french, found):
        assert found("titres") == ["Un titre"]


class TestIndex:
    def test_holds_the_newest_text_only(self, french, found):
        wrote(french, "Des missiles.")
        french.current_revision = None
        french.save()

        assert found("missiles") == []

    def test_follows_what_is_changed(self, french, found):
        [sentence] = wrote(french, "Des missiles.")
        sentence.exact = "Des drones!!!"
        sentence.save()
        french.title = "Un autre nom"
        french.save()

        assert (found("missiles"), found("drones")) == ([], ["Des drones!!!"])
        assert (found("titre"), found("autre")) == ([], ["Un autre nom"])

    def test_follows_the_language(self, french, found):
        wrote(french, "The elections.")
        french.language = "en"
        french.save()

        assert found("elected") == ["The elections."]

    def test_goes_with_the_article(self, french, found):
        Article.objects.all().delete()

        assert not SearchEntry.objects.exists()


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
        query = searching.read("missiles label:disputed", desks=[desk])
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
        query = searching.read("huit missiles", desks=[desk])

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
            query = searching.read(text, desks=[desk])
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
        query = searching.read("label:disputed missiles", desks=[desk])
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


class TestFilters:
    def test_find_by_verdict(self, french, found, annotator, reviewer):
        one, two, _three = wrote(french, "Un un.", "Deux deux.", "Trois trois.")
        annotated(one, by=annotator, label="disputed", rationale="Vu.")
        evidence = [tagging.Item("https://source.example/")]
        approved(two, annotator=annotator, reviewer=reviewer, evidence=evidence)

        assert found("label:disputed") == ["Un un."]
        assert found("label:disputed label:verified") == ["Un un.", "Deux deux."]
        assert found("state:approved") == ["Deux deux."]
        assert found("has:evidence") == ["Deux deux."]
        assert found("has:rationale") == ["Un un."]
        assert found("-label:disputed -is:title") == ["Deux deux.", "Trois trois."]

    def test_find_by_what_extraction_found(self, desk, found):
        article = ArticleFactory(desk=desk, sentences=2)
        first, second = (one.exact for one in article.sentences.order_by("start"))

        assert found("is:candidate") == [first]
        assert found("is:undecided kind:numeric") == [first]
        assert found("claimant:ministère is:candidate") == [first]
        assert found("claimant:maire") == []
        assert found("kind:event") == []
        assert found("kind:event kind:numeric") == [first, second]
        assert found("-kind:numeric") == [article.title]

    def test_leave_out_what_has_enough_annotators(self, desk, found, annotator):
        article = ArticleFactory(desk=desk, sentences=1)
        annotated(article.sentences.get(), by=annotator)

        assert found("is:undecided") == []

    def test_find_by_what_the_article_says_of_itself(self, desk, found, annotator, now):
        wanted = ArticleFactory(
            desk=desk, language="en", title="A", source_name="La Gazette", published_at=now
        )
        wanted.assignee = annotator
        wanted.save()
        undated = ArticleFactory(desk=desk, title="B")

        assert found('source:"la gazette" is:title') == ["A"]
        assert found("lang:en is:title") == ["A"]
        assert found("assigned:me is:title") == ["A"]
        assert found(f"assigned:{annotator.username} is:title") == ["A"]
        assert found("assigned:nobody is:title") == ["B"]
        assert found("after:2025-03-12 is:title") == ["A", "B"]
        assert found("after:2025-03-13 is:title") == []
        assert found("before:2025-03-13 is:title") == ["A", "B"]
        assert found(f"desk:{desk.slug} is:title") == ["A", undated.title]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("labl:disputed", "“labl:” at character 1 is no operator. Known are: label, state"),
            ("x label:odd", "“label:odd” at character 9 cannot be found"),
            ("after:soon", "is no day. Write it as one of: 2024-11-25"),
            ("source:Nowhere", "Known are: La Gazette"),
            ("assigned:zoe", "Known are: me, nobody"),
            ("lang:klingon", "Known are: fr, en, de"),
            ("desk:nowhere", "“desk:nowhere” at character 6"),
            ("has:", "needs a value: evidence, rationale"),
            ("a " * 300, "at most 500 characters"),
        ],
    )
    def test_that_cannot_be_used_are_refused(self, desk, found, text, said):
        ArticleFactory(desk=desk, source_name="La Gazette")

        with pytest.raises(searching.BadSearch) as refusal:
            found(text)

        assert said in str(refusal.value)


class TestSight:
    def test_ends_at_ones_desks(self, french, found):
        foreign = ArticleFactory(desk=DeskFactory(), language="fr")
        wrote(foreign, "Des missiles.")

        assert found("missiles") == []

    @pytest.mark.parametrize(
        "text", ["label:disputed", "state:proposed", "has:rationale", "has:evidence"]
    )
    def test_of_a_blind_desk_shows_no_label_of_others(self, desk, french, found, annotator, text):
        [sentence] = wrote(french, "Des missiles.")
        evidence = [tagging.Item("https://source.example/")]
        said = {"label": "disputed", "rationale": "Vu.", "evidence": evidence}
        annotated(sentence, by=UserFactory(on=desk), **said)

        assert found(text, blind={desk.pk}) == []
        assert found(f"missiles -{text}", blind={desk.pk}) == ["Des missiles."]
        annotated(sentence, by=annotator, **said)
        assert found(text, blind={desk.pk}) == ["Des missiles."]


class TestOrder:
    def test_puts_the_newest_article_first(self, desk, french, english, annotator):
        wrote(french, "Des missiles.", "Des missiles encore.")
        wrote(english, "Missiles.")
        query = searching.read("missile", desks=[desk])
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        first = rows.newest_articles(below=0, size=1)
        second = rows.newest_articles(below=english.pk, size=1)

        assert [(one.article_id, one.number) for one in first] == [(english.pk, 1)]
        assert [(one.article_id, one.number) for one in second] == [(french.pk, 2)]

    def test_puts_the_best_article_first(self, desk, french, english, annotator):
        wrote(french, "Missiles.")
        wrote(english, "Nobody ever said how many missiles there had been on that long day.")
        query = searching.read("missiles", desks=[desk])
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        [best] = rows.best_articles(query, below=None, size=1)
        [next_] = rows.best_articles(query, below=(best.rank, best.article_id), size=1)

        assert (best.article_id, next_.article_id) == (french.pk, english.pk)
        assert best.rank > next_.rank > 0
        assert rows.best_articles(query, below=(next_.rank, next_.article_id), size=1) == []

    def test_counts_a_title_for_more_than_a_sentence(self, desk, french, annotator):
        titled = ArticleFactory(desk=desk, language="fr", title="Des drones sur le port ce matin")
        wrote(french, "Des drones sur le port ce matin")
        query = searching.read("drones", desks=[desk])
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        best, other = rows.best_articles(query, below=None, size=2)

        assert (best.article_id, other.article_id) == (titled.pk, french.pk)
        assert best.rank > other.rank
