import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.extraction import Span, follow, plan

ONE = "Le budget atteint 3 millions d’euros cette année."
TWO = "La maire a annoncé mardi la fermeture de deux écoles."
THREE = "Les parents iront au tribunal."
OTHER = "Il pleuvait sur la place du marché."


def followed(before, text, **options):
    options = {"loosely": range(len(before))} | options
    return follow(before, text, plan(text, "fr"), **options)


def words(found, text):
    return {
        number: (text[one.span.start : one.span.end], one.is_same) for number, one in found.items()
    }


class TestFollow:
    def test_finds_what_stands_further_on(self):
        text = f"{OTHER} {ONE} {THREE}"

        assert words(followed([ONE, THREE], text), text) == {0: (ONE, True), 1: (THREE, True)}

    def test_finds_what_was_moved_to_another_place(self):
        text = f"{THREE}\n\n{OTHER} {ONE}\n\n{TWO}"

        found = words(followed([ONE, TWO, THREE], text), text)

        assert found == {0: (ONE, True), 1: (TWO, True), 2: (THREE, True)}

    def test_takes_white_space_and_typography_for_no_change(self):
        text = f"{OTHER}\n{ONE.replace('’', chr(39)).replace(' ', chr(160), 1)}"

        assert followed([ONE], text)[0].is_same

    def test_finds_a_sentence_with_a_word_changed(self):
        text = f"{OTHER} {ONE.replace('3', '4')} {THREE}"

        assert words(followed([ONE], text), text) == {0: (ONE.replace("3", "4"), False)}

    def test_leaves_out_what_is_no_longer_there(self):
        assert followed([TWO], f"{ONE} {THREE}") == {}

    def test_asks_for_the_same_words_unless_others_are_allowed(self):
        assert followed([ONE], ONE.replace("3", "4"), loosely=(), by_hand={0}) == {}

    def test_prefers_the_most_alike(self):
        near, far = ONE.replace("3", "4"), ONE.replace("3 millions", "quelques centaines")
        text = f"{far} {near}"

        assert words(followed([ONE], text), text) == {0: (near, False)}

    def test_gives_each_place_to_one_sentence(self):
        text = f"{ONE} {OTHER}"

        assert len(followed([ONE, ONE], text)) == 1

    def test_tells_the_same_words_apart_by_their_order(self):
        text = f"{THREE} {OTHER} {THREE} {ONE} {THREE}"

        found = followed([THREE, OTHER, THREE, ONE, THREE], text)

        assert [found[n].span.start for n in range(5)] == sorted(
            f.span.start for f in found.values()
        )

    def test_finds_what_people_cut_otherwise(self):
        halves = ["La maire a annoncé mardi", "la fermeture de deux écoles."]
        text = f"{OTHER} {TWO}"

        found = followed(halves, text, by_hand={0, 1})

        assert words(found, text) == dict(enumerate((h, True) for h in halves))
        joined = f"{ONE} {THREE}"
        assert words(followed([joined], f"{OTHER} {joined}"), f"{OTHER} {joined}")[0] == (
            joined,
            True,
        )

    def test_takes_no_piece_out_of_the_middle_of_a_sentence(self):
        text = f"{TWO[:-1]}, non sans mal, et « rien ne presse », dit-elle."

        assert 0 not in followed(["rien ne presse"], text, loosely=(), by_hand={0})

    @pytest.mark.parametrize(
        ("exact", "longer"),
        [
            ("La ville ferme deux écoles", "La ville ferme deux écoles sur dix à la rentrée."),
            ("il a plu à Lyon mardi", "Il est faux que il a plu à Lyon mardi"),
        ],
    )
    def test_takes_no_part_of_a_sentence_that_says_more(self, exact, longer):
        found = followed([exact], f"{OTHER} {longer}", earlier=[exact])

        assert not any(one.is_same for one in found.values())

    @pytest.mark.parametrize("text", [THREE[:-1], f"{OTHER} {THREE[:-1]}", f"{THREE} {OTHER}"])
    def test_finds_the_first_and_the_last_sentence(self, text):
        exact = THREE if THREE in text else THREE[:-1]

        assert words(followed([exact], text), text) == {0: (exact, True)}

    @pytest.mark.parametrize(
        ("exact", "text"),
        [
            ("Le budget atteint 3", "Le budget atteint 3,5 millions."),
            ("Le tramway transporte 12", "Le tramway transporte 12 000 voyageurs."),
            ("Le tramway transporte 12", "Le tramway transporte 12\u202f000 voyageurs."),
            ("Il a ouvert un cafe", "Il a ouvert un cafe\u0301 à Lyon."),
            ("La maire a annonc", "La maire a annoncé sa démission."),
            ("000 voyageurs par jour.", "Le tramway transporte 12 000 voyageurs par jour."),
        ],
    )
    def test_cuts_no_word_and_no_number_in_two(self, exact, text):
        for placed in (text, f"{OTHER} {text}", f"{text} {OTHER}"):
            assert followed([exact], placed, loosely=(), by_hand={0}) == {}

    def test_brings_back_what_stood_in_a_still_older_text(self):
        text = f"{ONE} {THREE}"

        found = followed([ONE], text, earlier=[TWO, THREE])

        assert set(found) == {0, 2}
        assert words(found, text)[2] == (THREE, True)

    def test_finds_nothing_twice_for_what_is_there_already(self):
        assert set(followed([ONE], ONE, earlier=[ONE])) == {0}


SENTENCES = st.sampled_from(
    [ONE, ONE.replace("3", "4"), TWO, THREE, OTHER, "Oui.", "Non.", "🙂 Fin."]
)
TEXTS = st.lists(SENTENCES, max_size=9)
GAPS = st.sampled_from([" ", "\n", "\n\n", "\u00a0", "\r\n"])


class TestAnyTexts:
    @settings(max_examples=150, deadline=None)
    @given(TEXTS, st.lists(st.tuples(SENTENCES, GAPS), min_size=1, max_size=9), TEXTS)
    def test_gives_places_that_are_sentences_and_never_overlap(self, before, new, earlier):
        text = "".join(exact + gap for exact, gap in new)

        found = followed(before, text, earlier=earlier)

        spans = sorted((one.span.start, one.span.end) for one in found.values())
        assert all(one[1] <= after[0] for one, after in pairwise(spans))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        every = [*before, *earlier]
        for number, one in found.items():
            here = text[one.span.start : one.span.end].split()
            assert not one.is_same or here == every[number].split()

    @settings(max_examples=50, deadline=None)
    @given(TEXTS)
    def test_finds_a_text_in_itself(self, sentences):
        text = "\n\n".join(sentences) or "Rien."
        pieces = plan(text, "fr")

        found = follow([one.exact for one in pieces], text, pieces, loosely=range(len(pieces)))

        assert [found[n].span for n in range(len(pieces))] == [Span(p.start, p.end) for p in pieces]


@pytest.mark.parametrize("line", ["Oui.", "Il a plu sur {} communes du canton."])
def test_gets_through_long_texts(line):
    before = [line.format(n) for n in range(4_000)]
    text = "\n\n".join(line.format(n) for n in range(1_000, 5_000))

    found = followed(before, text, loosely=range(0, 4_000, 20))

    assert found


def test_tells_apart_what_is_all_alike_and_all_changed():
    before = [f"La commune n° {n} compte {n * 7} habitants cette année." for n in range(3_000)]
    text = "\n\n".join(one.replace("cette", "l’autre") for one in before)
    some = range(0, 3_000, 10)

    found = followed(before, text, loosely=some)

    assert all(
        f"n° {n} compte {n * 7} " in text[slice(one.span.start, one.span.end)]
        for n, one in found.items()
    )
    assert len(found) == 300


def test_pairs_by_their_height_what_is_all_the_same_and_all_changed():
    before = ["Le budget de la ville atteint 3 millions d’euros."] * 400
    text = "\n\n".join(one.replace("3", "4") for one in before)

    found = followed(before, text)

    assert sorted(found) == list(range(400))
    starts = [found[n].span.start for n in range(400)]
    assert starts == sorted(starts)


def test_finds_far_away_what_only_shares_rare_words():
    plain = [f"La ville compte {n} habitants de plus cette année." for n in range(300)]
    text = "\n\n".join([*plain, ONE.replace("3", "4")])

    found = followed([ONE, *plain], text, loosely=[0])

    assert text[found[0].span.start :] == ONE.replace("3", "4")


@pytest.mark.parametrize("word", ["le ", "le budget "])
def test_gets_through_a_sentence_without_an_end(word):
    found = followed([word * 10_000], f"{word * 10_001} x")

    assert set(found) == {0}


def test_finds_each_of_many_short_cuts_once():
    text = "\n\n".join(["Non, oui."] * 3_000)

    found = followed(["Non"] * 3_000, text, loosely=(), by_hand=range(3_000))

    assert len({one.span for one in found.values()}) == len(found) == 3_000


PARTS = st.sampled_from(
    [
        "Le",
        "budget",
        "12",
        "000",
        "3,5",
        "cafe\u0301",
        "d’",
        "👩\u200d🚒",
        "«",
        "Oui",
        ".",
        "!",
        "",
        "\n",
    ]
)
GLUED = st.lists(st.tuples(PARTS, st.sampled_from(["", " ", "\u202f"])), min_size=1, max_size=14)
WORDS = re.compile(r"(?:(?!_)\w|[\u0300-\u036f])+|👩\u200d🚒")


class TestAnyCuts:
    @settings(max_examples=300, deadline=None)
    @given(GLUED, GLUED, st.integers(0, 40), st.integers(1, 40))
    def test_by_hand_go_through_no_word(self, around, parts, start, size):
        text = "".join(part + gap for part, gap in [*around, *parts])
        exact = text[start : start + size].strip()
        if not exact or not plan(text, "fr"):
            return

        found = followed([exact], text, loosely=(), by_hand={0})

        if 0 in found:
            span, edges = found[0].span, {found[0].span.start, found[0].span.end}
            assert text[span.start : span.end] == exact
            pieces = plan(text, "fr")
            free = edges - {one.start for one in pieces} - {one.end for one in pieces}
            through = [
                one for one in WORDS.finditer(text) for at in free if one.start() < at < one.end()
            ]
            assert not through

    @settings(max_examples=200, deadline=None)
    @given(st.lists(SENTENCES, min_size=1, max_size=6), st.data())
    def test_of_whole_sentences_are_found_at_both_ends_of_a_text(self, sentences, data):
        text = " ".join(sentences)
        pieces = plan(text, "fr")
        one = data.draw(st.sampled_from([pieces[0], pieces[-1]]))

        found = followed([one.exact], text)

        assert found[0].is_same
