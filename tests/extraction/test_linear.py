"""The work grows with the text and no faster: calls are counted, which no busy machine changes."""

import sys

from annotations.extraction import Profile, examine, plan

SENTENCE = "Quai{0} garde navire{0} mardi, dit Anne{0}."
LONG = 5_000


def calls(count):
    """Return how many functions are called to cut and read so many different sentences."""
    text = " ".join(SENTENCE.format(number) for number in range(count))
    seen = 0

    def see(_frame, event, _argument):
        nonlocal seen
        seen += event in ("call", "c_call")

    sys.setprofile(see)
    try:
        found = sum(1 for _ in examine(plan(text, "fr"), language="fr", profile=Profile.FAST))
    finally:
        sys.setprofile(None)
    assert found == count
    return seen


class TestALongText:
    def test_takes_as_much_work_a_sentence_as_a_short_one(self):
        calls(10)

        shorter, longer = calls(LONG // 4), calls(LONG)

        assert longer < 1.1 * 4 * shorter
