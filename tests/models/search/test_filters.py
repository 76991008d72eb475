"""What the operators of the search ask for, who sees what of it, and in which order."""

import pytest
from django.utils.translation import override

from annotations.models import SearchEntry
from annotations.models.search_filters import Seeker
from annotations.workflow import searching, tagging
from tests.factories import (
    ArticleFactory,
    DeskFactory,
    UserFactory,
    annotated,
    approved,
)
from tests.models.search.texts import TODAY, wrote


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


class TestFrenchNames:
    def test_find_what_the_english_find(self, french, found, annotator):
        one, _two = wrote(french, "Un un.", "Deux deux.")
        annotated(one, by=annotator, label="disputed", rationale="Vu.")

        assert found("étiquette:contesté") == found("label:disputed") == ["Un un."]
        assert found("avec:justification") == ["Un un."]
        assert found("-etiquette:Contestée -est:titre") == ["Deux deux."]
        assert found("est:titre langue:français") == found("is:title lang:fr") == ["Un titre"]
        assert found("est:titre langue:anglais") == []
        assert found(f"rubrique:{french.desk.slug} est:titre confié:personne") == ["Un titre"]
        assert found("est:titre confié:moi") == []

    def test_of_people_stand_behind_people_who_are_called_so(self, desk, french, found):
        french.assignee = UserFactory(on=desk, username="personne")
        french.save()

        assert found("est:titre confié:personne") == ["Un titre"]
        assert found("est:titre confié:nobody") == []

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("étiquete:x", "« étiquete: », au caractère 1, n’est pas un opérateur"),
            (
                "étiquete:x",
                "étiquette, état, genre, est, avec, rédaction, source, déclarant, langue",
            ),
            ("Étiquette:odd", "« Étiquette:odd », au caractère 11"),
            ("label:odd", "vérifié, non-vérifié, contesté, écarté"),
            ("langue:klingon", "« langue:klingon »"),
            ("langue:klingon", "français, anglais, allemand"),
            ("attribué:zoe", "« attribué:zoe »"),
            ("attribué:zoe", "moi, personne"),
            ("apres:bientôt", "2024, aujourd’hui, hier"),
        ],
    )
    def test_are_named_as_typed_and_offered_in_the_readers_language(self, found, text, said):
        with override("fr"), pytest.raises(searching.BadSearch) as refusal:
            found(text)

        assert said in str(refusal.value).replace("\u202f", " ")

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_mean_the_same_whoever_opens_them(self, desk, language):
        with override(language):
            query = searching.read("étiquette:contesté after:hier", desks=[desk], today=TODAY)

        assert str(query) == "label:disputed after:2025-03-11"


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
        query = searching.read("missile", desks=[desk], today=TODAY)
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        first = rows.newest_articles(below=0, size=1)
        second = rows.newest_articles(below=english.pk, size=1)

        assert [(one.article_id, one.number) for one in first] == [(english.pk, 1)]
        assert [(one.article_id, one.number) for one in second] == [(french.pk, 2)]

    def test_puts_the_best_article_first(self, desk, french, english, annotator):
        wrote(french, "Missiles.")
        wrote(english, "Nobody ever said how many missiles there had been on that long day.")
        query = searching.read("missiles", desks=[desk], today=TODAY)
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        [best] = rows.best_articles(query, below=None, size=1)
        [next_] = rows.best_articles(query, below=(best.rank, best.article_id), size=1)

        assert (best.article_id, next_.article_id) == (french.pk, english.pk)
        assert best.rank > next_.rank > 0
        assert rows.best_articles(query, below=(next_.rank, next_.article_id), size=1) == []

    def test_counts_a_title_for_more_than_a_sentence(self, desk, french, annotator):
        titled = ArticleFactory(desk=desk, language="fr", title="Des drones sur le port ce matin")
        wrote(french, "Des drones sur le port ce matin")
        query = searching.read("drones", desks=[desk], today=TODAY)
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))

        best, other = rows.best_articles(query, below=None, size=2)

        assert (best.article_id, other.article_id) == (titled.pk, french.pk)
        assert best.rank > other.rank
