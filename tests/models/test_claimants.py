"""Whom sentences name: found by any part of the name, in whatever way is cheapest."""

import pytest
from django.db import connection, transaction

from annotations.models import Candidate, Claimant, SearchEntry
from annotations.models.search_filters import Seeker
from annotations.workflow import searching
from tests.concurrency import at_once
from tests.factories import ArticleFactory, CandidateFactory, DeskFactory
from tests.models.search.texts import TODAY

NAMES = [
    "Élodie Œuvrard",
    "Ministère de l’Intérieur",
    "ministere des finances",
    "100 % Citoyens",
    "a_b\\c",
    "Zoë",
    "",
]
PARTS = [
    "elodie",
    "œuv",
    "oeuvrard",
    "MINISTÈRE",
    "ministere",
    "%",
    "_",
    "\\",
    "zoe",
    "o",
    "nowhere",
]


@pytest.fixture
def article(desk):
    """Have as many sentences as there are names, each naming one."""
    article = ArticleFactory(desk=desk, sentences=len(NAMES))
    for sentence, name in zip(article.sentences.order_by("start"), NAMES, strict=True):
        Candidate.objects.filter(sentence=sentence).update(claimant_name=name)
    return article


@pytest.fixture
def named(desk, annotator):
    """Return whom the sentences name that a query finds; a title names nobody."""

    def search(text):
        query = searching.read(text, desks=[desk], today=TODAY)
        rows = SearchEntry.objects.found(query, by=Seeker(annotator, [desk]))
        names = rows.values_list("sentence__candidate__claimant_name", flat=True)
        return sorted(one or "" for one in names)

    return search


def folded(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(unaccent(%s))", [text])
        return cursor.fetchone()[0]


class TestClaimants:
    def test_are_kept_once_a_desk(self, desk, article):
        ArticleFactory(desk=desk, sentences=2)
        other = ArticleFactory(desk=DeskFactory(), sentences=1)

        names = Claimant.objects.filter(name="Ministère").order_by("desk").values_list("desk")

        assert [one for (one,) in names] == sorted([desk.pk, other.desk_id])
        assert not Claimant.objects.filter(name="").exists()

    @pytest.mark.parametrize("part", PARTS)
    def test_are_held_by_any_part_of_their_name(self, article, part):
        wanted = {one for one in NAMES if one and folded(part) in folded(one)}

        found = set(Claimant.objects.holding(part).exclude(name="Ministère").values_list("name"))

        assert {one for (one,) in found} == wanted

    def test_are_not_named_once_no_sentence_does(self, article):
        Candidate.objects.filter(claimant_name="Zoë").delete()

        found = Claimant.objects.holding("zoe")

        assert (found.count(), found.named().count()) == (1, 0)


class TestClaimantsAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_are_stored_by_several_workers(self, desk):
        names = [f"Person {number}" for number in range(30)]
        one, other = ArticleFactory.create_batch(2, desk=desk, sentences=len(names))
        Candidate.objects.all().delete()

        def store(article, given):
            rows = zip(article.sentences.order_by("start"), given, strict=True)
            with transaction.atomic():
                Candidate.objects.bulk_create(
                    CandidateFactory.build(desk=desk, sentence=sentence, claimant_name=name)
                    for sentence, name in rows
                )
            return True

        done = at_once(
            lambda: store(one, names),
            lambda: store(other, reversed(names)),
        )

        assert done == [True, True]
        assert Claimant.objects.filter(name__in=names).count() == len(names)


class TestNaming:
    @pytest.mark.parametrize("few", [1000, 1, 0])
    @pytest.mark.parametrize("part", PARTS)
    def test_finds_the_same_in_each_way(self, article, named, monkeypatch, part, few):
        monkeypatch.setattr("annotations.models.claimants.FEW", few)
        holding = [one for one in NAMES if one and folded(part) in folded(one)]
        others = ["", *(one for one in NAMES if one not in holding)]  # the title too

        assert named(f'claimant:"{part}"') == sorted(holding)
        assert named(f'-claimant:"{part}"') == sorted(others)

    def test_of_several_finds_any(self, article, named):
        assert named("claimant:zoe claimant:citoyens") == ["100 % Citoyens", "Zoë"]
        assert named("claimant:zoe -claimant:zo") == []

    def test_stays_on_ones_desks(self, desk, article, named):
        ArticleFactory(desk=DeskFactory(), sentences=2)

        assert named("claimant:ministère") == ["Ministère de l’Intérieur", "ministere des finances"]

    def test_takes_one_statement_where_nobody_is_named_so(
        self, desk, article, named, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            assert named("claimant:nowhere") == []
        with django_assert_num_queries(3):  # the names, their sentences, what was found
            assert named("claimant:zoe") == ["Zoë"]
