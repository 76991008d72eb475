"""Whatever JSON comes back: a judgement that holds, or a trouble that has a name."""

import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.engines.chat import answers
from annotations.engines.chat.answers import Passing
from annotations.extraction import Role, Sentence

EXACT = "La maire a dit que la maire a reçu 12 parents."
ASKED = {4: Sentence(0, len(EXACT), EXACT, Role.BODY)}
KEYS = ["sentences", "index", "check_worthy", "kind", "claimant", "words", "text", "start"]
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["event", "La maire", "la maire a", "12 parents", EXACT])
)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
        | st.fixed_dictionaries({"text": inner, "start": inner})
    ),
    max_leaves=12,
)
ROW = st.fixed_dictionaries(
    {
        "index": st.just(4) | ANYTHING,
        "check_worthy": st.floats(0, 1) | ANYTHING,
        "kind": st.just("event") | ANYTHING,
        "claimant": ANYTHING,
        "words": st.lists(ANYTHING, max_size=6) | ANYTHING,
    }
)


def judged(value):
    return answers.judgements(json.dumps(value), ASKED)


class TestAnything:
    @settings(max_examples=300, deadline=None)
    @given(st.fixed_dictionaries({"sentences": st.lists(ROW, max_size=3)}) | ANYTHING)
    def test_is_judged_or_refused(self, value):
        try:
            found = judged(value)[4]
        except Passing:
            return

        assert 0 <= found.worth <= 1
        assert found.dropped >= 0
        spans = [*found.words, *([found.claimant] if found.claimant else [])]
        assert all(0 <= span.start < span.end <= len(EXACT) for span in spans)
        ordered = sorted((span.start, span.end) for span in found.words)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))

    @settings(max_examples=100, deadline=None)
    @given(st.binary(max_size=50) | ANYTHING.map(lambda one: json.dumps(one).encode()))
    def test_is_an_envelope_or_refused(self, raw):
        try:
            reply = answers.opened(raw)
        except Passing:
            return

        assert isinstance(reply.content, str)


class TestPlace:
    def test_tells_which_of_the_same_words_is_meant(self):
        row = {"index": 4, "check_worthy": 1, "kind": "event", "words": []}
        texts = "la maire a", "La maire a"

        places = [
            judged({"sentences": [{**row, "claimant": {"text": text, "start": 20}}]})[4].claimant
            for text in texts
        ]

        assert [(one.start, EXACT[one.start : one.end]) for one in places] == [
            (19, "la maire a"),
            (0, "La maire a"),
        ]
