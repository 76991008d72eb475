import tracemalloc

from annotations.extraction import Profile, examine, plan

LEAST = 100  # bytes, far less than a finding takes; a cache that is laid out anew takes more than 0
SENTENCE = "Quai{0} garde navire{0} mardi."


def peak_bytes(count):
    """Return what reading so many sentences needs on top of the sentences themselves."""
    sentences = plan(" ".join(SENTENCE.format(n) for n in range(count)), "fr")
    tracemalloc.start()
    for _finding in examine(sentences, language="fr", profile=Profile.FAST):
        pass
    _current, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return len(sentences), peak


class TestExamine:
    def test_needs_no_more_memory_for_a_longer_text(self):
        peak_bytes(10)

        shorter, needed = peak_bytes(1_100)
        longer, needed_for_more = peak_bytes(4_400)

        assert (shorter, longer) == (1_100, 4_400)
        assert needed_for_more - needed < LEAST * (longer - shorter)
