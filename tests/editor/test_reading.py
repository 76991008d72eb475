from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from annotations.editor.reading import Reading, paragraphs
from annotations.models import Desk, Sentence, Verdict

GAPS = ["", " ", "\n", "\r\n", "\n\n", "\u00a0", " \n ", "a", "a\n", "\na\n\nb", "\r", "\x0b"]


@st.composite
def texts_with_sentences(draw):
    """A text of sentences between gaps, with the sentences' places."""
    text, spans = "", []
    for _ in range(draw(st.integers(0, 6))):
        text += draw(st.sampled_from(GAPS))
        words = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
        spans.append((len(text), len(text) + len(words)))
        text += words
    return text + draw(st.sampled_from(["", "\n", " "])), spans


def readings_of(text, spans):
    sentences = [
        Sentence(start=start, end=end, exact=text[start:end], role="body") for start, end in spans
    ]
    return [Reading(sentence, Desk()) for sentence in sentences]


class TestParagraphs:
    @given(texts_with_sentences())
    def test_lose_nothing_of_the_text(self, made):
        text, spans = made

        found = paragraphs(text, readings_of(text, spans))

        pieces = [piece for paragraph in found for piece in paragraph.pieces]
        assert "".join(piece.gap + piece.text for piece in pieces) == text

    def test_begin_at_line_breaks_only(self):
        text = "One. 🙂 Two.\r\n\r\nThree."

        found = paragraphs(text, readings_of(text, [(0, 6), (7, 11), (15, 21)]))

        assert [[one.text for one in each.pieces] for each in found] == [
            ["One. 🙂", "Two."],
            ["Three."],
        ]

    def test_keep_the_lines_that_no_sentence_shows_apart(self):
        text = "One.\n\nTwo. Three.\nFour. Five."
        three, five = text.index("Three."), text.index("Five.")

        found = paragraphs(text, readings_of(text, [(three, three + 6), (five, five + 5)]))

        said = ["".join(one.gap + one.text for one in each.pieces).strip() for each in found]
        assert said == ["One.", "Two. Three.", "Four. Five."]
        assert [[one.text for one in each.pieces if one.reading] for each in found] == [
            [],
            ["Three."],
            ["Five."],
        ]

    def test_take_the_role_of_their_first_sentence(self):
        text = "A headline\nText."
        readings = readings_of(text, [(0, 10), (11, 16)])
        readings[0].sentence.role = "headline"

        found = paragraphs(text, readings)

        assert [each.role for each in found] == ["headline", "body"]


class TestReading:
    def reading(self, *, own=None, words="One.", verdict=None, is_blind=False):
        annotation = own and SimpleNamespace(label=own, words=words, version=3)
        sentence = SimpleNamespace(
            exact="One.",
            revision_id=1,
            article=SimpleNamespace(current_revision_id=1),
            own_annotations=[annotation] if own else [],
            verdict=verdict and Verdict(annotators=1, **verdict),
        )
        return Reading(sentence, Desk(is_blind=is_blind, annotators_needed=1))

    def test_shows_the_desks_label_where_one_gave_none(self):
        reading = self.reading(verdict={"label": "disputed", "state": "proposed"})

        assert (reading.mark, reading.is_decided) == ("disputed", True)

    def test_shows_ones_own_label_first(self):
        reading = self.reading(own="verified", verdict={"label": "", "state": "contested"})

        assert reading.mark == "verified"

    def test_shows_the_desks_label_where_ones_own_was_of_other_words(self):
        verdict = {"label": "disputed", "state": "proposed"}

        reading = self.reading(own="verified", words="Two.", verdict=verdict)

        assert (reading.mark, reading.was, reading.is_returned) == ("disputed", "Two.", True)

    def test_asks_nobody_again_who_said_it_of_other_words_once_it_is_decided(self):
        verdict = {"label": "disputed", "state": "approved"}

        reading = self.reading(own="verified", words="Two.", verdict=verdict)

        assert (reading.was, reading.is_returned, reading.is_decided) == ("", False, True)

    def test_hides_colleagues_on_a_blind_desk(self):
        verdict = {"label": "disputed", "state": "proposed"}

        reading = self.reading(verdict=verdict, is_blind=True)

        assert (reading.mark, reading.verdict, reading.is_decided) == ("decided", None, True)

    def test_reveals_colleagues_once_one_has_decided(self):
        verdict = {"label": "", "state": "contested"}

        reading = self.reading(own="verified", verdict=verdict, is_blind=True)

        assert reading.shows_colleagues

    def test_shows_what_is_public_on_a_blind_desk(self):
        verdict = {"label": "disputed", "state": "published"}

        reading = self.reading(verdict=verdict, is_blind=True)

        assert reading.mark == "disputed"
