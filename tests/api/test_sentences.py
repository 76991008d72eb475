import pytest

from annotations.models import Candidate, Sentence
from tests.api.conftest import problem
from tests.factories import ArticleFactory, DeskFactory, UserFactory, annotated, approved


@pytest.fixture
def blind_article(db):
    return ArticleFactory(desk=DeskFactory(is_blind=True), sentences=2)


def ids(response):
    return [row["id"] for row in response.json()["results"]]


class TestList:
    def test_shows_what_is_worth_most_first(self, as_user, annotator, article):
        scores = [
            row["candidate"]["check_worthiness"]
            for row in as_user(annotator).get("/sentences/").json()["results"]
        ]

        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)

    def test_pages_through_equal_scores_without_loss(self, as_user, annotator, desk):
        ArticleFactory.create_batch(3, desk=desk, sentences=6)
        Candidate.objects.update(check_worthiness=0.7, is_candidate=True)
        caller, url, seen = as_user(annotator), "/api/v1/sentences/?page_size=4", []

        while url:
            page = caller.client.get(url).json()
            seen += [row["id"] for row in page["results"]]
            url = page["next"]

        assert seen == sorted(Sentence.objects.values_list("pk", flat=True), reverse=True)

    def test_can_go_in_reading_order(self, as_user, annotator, article):
        response = as_user(annotator).get("/sentences/?ordering=reading")

        assert ids(response) == list(
            article.sentences.order_by("start").values_list("pk", flat=True)
        )

    def test_asks_the_database_a_fixed_number_of_times(
        self, as_user, annotator, article, django_assert_num_queries
    ):
        Candidate.objects.update(is_candidate=True)
        for sentence in article.sentences.all():
            annotated(sentence, by=annotator)
        caller = as_user(annotator)

        # the session, the person, the desks, the sentences, annotations, their evidence
        with django_assert_num_queries(6):
            response = caller.get("/sentences/")

        assert len(ids(response)) == 6

    def test_finds_words_as_the_search_page_does(self, as_user, annotator, article):
        caller = as_user(annotator)

        assert len(ids(caller.get("/sentences/?q=totaux -million"))) == 0
        assert len(ids(caller.get("/sentences/?q=totale million"))) == 3
        assert len(ids(caller.get("/sentences/?q=phrase&ordering=reading"))) == 6

    @pytest.mark.parametrize("few", [1000, 0])
    @pytest.mark.parametrize("ordering", ["-check_worthiness", "reading"])
    @pytest.mark.parametrize(
        ("asked", "places"),
        [
            ("label:disputed", [0, 1]),
            ("label:disputed label:verified", [0, 1, 2]),
            ("state:proposed", [0, 1]),
            ("state:approved label:verified", [2]),
            ("state:approved label:disputed", []),
            ("kind:event", [1, 2]),
            ("-label:disputed -is:title", [2, 3]),
        ],
    )
    def test_finds_few_and_many_alike(
        self, as_user, annotator, reviewer, monkeypatch, few, ordering, asked, places
    ):
        monkeypatch.setattr("annotations.models.few.FEW", few)
        [desk] = [one.desk for one in annotator.memberships.all()]
        article = ArticleFactory(desk=desk, sentences=4)
        sentences = list(article.sentences.order_by("start"))
        Candidate.objects.update(is_candidate=True, kind="numeric")
        Candidate.objects.filter(sentence__in=sentences[1:3]).update(kind="event")
        for sentence in sentences[:2]:
            annotated(sentence, by=annotator, label="disputed")
        approved(sentences[2], annotator=annotator, reviewer=reviewer)

        response = as_user(annotator).get(f"/sentences/?q={asked}&ordering={ordering}")

        assert sorted(ids(response)) == [sentences[place].pk for place in places]

    def test_says_what_of_a_search_cannot_be_used(self, as_user, annotator, article):
        body = problem(
            as_user(annotator).get("/sentences/?q=labl:disputed"), status=400, code="bad_query"
        )

        [error] = body["errors"]
        assert (error["parameter"], error["code"]) == ("q", "unknown_operator")
        assert "labl:" in error["detail"]

    @pytest.mark.parametrize("few", [1000, 0])
    def test_a_search_tells_nothing_that_a_blind_desk_hides(
        self, as_user, blind_article, monkeypatch, few
    ):
        monkeypatch.setattr("annotations.models.few.FEW", few)
        reader, other = (UserFactory(on=blind_article.desk) for _ in range(2))
        annotated(blind_article.sentences.first(), by=other, label="disputed")

        for path in ("/sentences/", "/articles/"):
            assert ids(as_user(reader).get(f"{path}?q=label:disputed")) == []

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("label=verified", 1),
            ("label=disputed", 0),
            ("state=proposed", 1),
            ("kind=numeric", 3),
            ("kind=opinion", 0),
            ("min_score=1", 0),
            ("claimant=Minist%C3%A8re", 3),
            ("language=fr", 3),
            ("language=en", 0),
            ("article=999999", 0),
            ("label=&min_score=", 3),
        ],
    )
    def test_can_be_filtered(self, as_user, annotator, sentence, query, count):
        annotated(sentence, by=annotator)

        assert len(ids(as_user(annotator).get(f"/sentences/?{query}"))) == count

    @pytest.mark.parametrize(
        "query", ["min_score=2", "kind=x", "article=0", "article=x", "claimant=%00"]
    )
    def test_refuses_what_it_does_not_know(self, as_user, annotator, query):
        response = as_user(annotator).get(f"/sentences/?{query}")

        problem(response, status=400, code="bad_query")

    def test_refuses_a_cursor_of_another_list(self, as_user, annotator, article):
        caller = as_user(annotator)
        following = caller.get("/sentences/?page_size=1").json()["next"]

        response = caller.client.get(f"{following}&ordering=reading")

        problem(response, status=400, code="bad_query")


class TestBlindDesk:
    def test_hides_colleagues_labels_until_ones_own_is_given(self, as_user, blind_article):
        one, other = UserFactory.create_batch(2, on=blind_article.desk)
        sentence = blind_article.sentences.first()
        annotated(sentence, by=other, label="disputed")
        caller = as_user(one)

        before = caller.get(f"/sentences/{sentence.pk}/").json()
        annotated(sentence, by=one)
        after = caller.get(f"/sentences/{sentence.pk}/").json()

        assert (before["verdict"], before["history"]) == (None, [])
        assert after["verdict"]["state"] == "contested"
        assert len(after["history"]) == 2

    @pytest.mark.parametrize(
        "path", ["/sentences/?label=disputed", "/verdicts/", "/verdicts/?state=proposed"]
    )
    def test_gives_nothing_away_by_filters(self, as_user, blind_article, path):
        one, other = UserFactory.create_batch(2, on=blind_article.desk)
        annotated(blind_article.sentences.first(), by=other, label="disputed")

        assert ids(as_user(one).get(path)) == []

    def test_gives_nothing_away_by_counts(self, as_user, blind_article):
        one, other = UserFactory.create_batch(2, on=blind_article.desk)
        annotated(blind_article.sentences.first(), by=other, label="disputed")

        body = as_user(one).get(f"/articles/{blind_article.pk}/").json()

        assert body["counts"]["labels"]["disputed"] == 0

    def test_hides_nothing_from_reviewers(self, as_user, blind_article):
        reviewer = UserFactory(on=blind_article.desk, role="reviewer")
        other = UserFactory(on=blind_article.desk)
        sentence = blind_article.sentences.first()
        annotated(sentence, by=other, label="disputed")

        body = as_user(reviewer).get(f"/sentences/{sentence.pk}/").json()

        assert body["verdict"]["label"] == "disputed"
        assert len(ids(as_user(reviewer).get("/verdicts/"))) == 1

    def test_hides_nothing_once_it_is_decided(self, as_user, blind_article):
        reviewer = UserFactory(on=blind_article.desk, role="reviewer")
        one, other = UserFactory.create_batch(2, on=blind_article.desk)
        sentence = blind_article.sentences.first()
        approved(sentence, annotator=other, reviewer=reviewer)

        body = as_user(one).get(f"/sentences/{sentence.pk}/").json()

        assert body["verdict"]["state"] == "approved"


class TestRetrieve:
    def test_shows_its_history_newest_first(self, as_user, annotator, reviewer, sentence):
        approved(sentence, annotator=annotator, reviewer=reviewer)

        body = as_user(annotator).get(f"/sentences/{sentence.pk}/").json()

        assert [event["action"] for event in body["history"]] == [
            "verdict.approve",
            "annotation.put",
        ]
        assert body["history"][0]["actor"] == reviewer.name
        assert body["history"][0]["at"].endswith("Z")
