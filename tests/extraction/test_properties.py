from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.extraction import Span, extract, fit_to_pinned, plan, segment

PIECES = st.sampled_from(
    [
        *("« ", " »", "“", "”", "(", ")", '"', "’", ". ", ".", "…", "? ", "! ", " – ", "\r\n"),
        *(
            "\n\n",
            "\x85",
            "\u2028",
            "\u00a0",
            "\u202f",
            "e\u0301",
            "\x00",
            "\u200b",
            "😀",
            "𝔘",
            "M. ",
            "U.S. ",
        ),
        *(
            "Le ministre",
            " a déclaré",
            " selon ",
            "12 %",
            " 3 228 milliards d’euros",
            "un sur cinq",
        ),
        *("jeudi 12 mars 2024", "31/02/2024", "à 25 h", "fin de l’année", " said ", "the mayor"),
        *("according to ", "between 5 and 10", "trois ", "mille ", "99999999999999999999", "- "),
        *(
            "Lien source",
            "Dernières Nouvelles | News 24",
            "www.a.fr",
            "а",
            "م",
            "؟",
            "il y a 999 ans",
            "lundi dernier",
            "ce week-end",
            "last weekend",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=200),
    st.lists(PIECES, max_size=40).map("".join),
)
LANGUAGES = st.sampled_from(["fr", "en", "de", "und", "fr-CA"])


def bare(text):
    return "".join(text.split())


class TestSegment:
    @given(TEXTS, LANGUAGES)
    @settings(max_examples=300, deadline=None)
    def test_puts_every_mark_into_exactly_one_stripped_sentence(self, text, language):
        sentences = segment(text, language)

        assert all(text[one.start : one.end] == one.exact for one in sentences)
        assert all(one.exact and one.exact == one.exact.strip() for one in sentences)
        assert all(a.end <= b.start for a, b in pairwise(sentences))
        assert "".join(bare(one.exact) for one in sentences) == bare(text)


class TestExtract:
    @given(
        TEXTS, LANGUAGES, st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max]))
    )
    @settings(max_examples=300, deadline=None)
    def test_keeps_every_find_inside_its_sentence_and_true_to_the_text(self, text, language, day):
        for finding in extract(text, language=language, published_at=day):
            found = [*finding.quantities, *finding.dates]
            found += [finding.claimant] if finding.claimant else []

            assert all(text[one.start : one.end] == one.text for one in found)
            places = [*found, *finding.quotes, *finding.signals]
            assert all(finding.start <= one.start <= one.end <= finding.end for one in places)
            assert 0 <= finding.check_worthiness <= 1

    @given(st.text(max_size=60))
    @settings(max_examples=50, deadline=None)
    def test_finds_the_language_by_itself(self, text):
        found = list(extract(text))

        assert all(len(one.language) in (2, 3) for one in found)

    @given(TEXTS)
    @settings(max_examples=50, deadline=None)
    def test_gives_the_same_for_the_same(self, text):
        assert list(extract(text, language="fr")) == list(extract(text, language="fr"))


@st.composite
def pinned_texts(draw):
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, [span for span in spans if text[span.start : span.end].strip()]


class TestFitToPinned:
    @given(pinned_texts())
    @settings(max_examples=300, deadline=None)
    def test_keeps_what_is_pinned_and_loses_nothing(self, drawn):
        text, pinned = drawn
        proposed = [Span(one.start, one.end) for one in segment(text, "fr")]

        fitted = fit_to_pinned(text, proposed, pinned)

        assert set(pinned) <= set(fitted)
        assert all(a.end <= b.start for a, b in pairwise(fitted))
        assert "".join(bare(text[one.start : one.end]) for one in fitted) == bare(text)
        assert [Span(one.start, one.end) for one in plan(text, "fr", pinned)] == fitted
