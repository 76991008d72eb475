import pytest

from annotations.models import AuditEvent, Comment
from annotations.workflow import comments, findings
from annotations.workflow.errors import BadInput, NotAllowed
from tests.factories import ArticleFactory


@pytest.fixture
def sentence(desk):
    return ArticleFactory(desk=desk).sentences.first()


class TestAdd:
    def test_keeps_who_said_what_and_leaves_a_trace(self, sentence, annotator, now):
        comments.add(sentence=sentence, text=" Which year? ", by=annotator, at=now)

        comment, event = Comment.objects.get(), AuditEvent.objects.get()
        assert (comment.text, comment.author, comment.created_at) == ("Which year?", annotator, now)
        assert (event.action, event.after) == ("comment.added", {"comment": "Which year?"})

    def test_pins_the_sentence(self, sentence, annotator, now):
        comments.add(sentence=sentence, text="Look.", by=annotator, at=now)

        [span] = findings.worked_spans(sentence.revision)

        assert (span.start, span.end) == (sentence.start, sentence.end)

    @pytest.mark.parametrize("text", ["", "  ", "x" * 5001, "a\x00b"])
    def test_refuses_what_cannot_be_kept(self, sentence, annotator, now, text):
        with pytest.raises(BadInput):
            comments.add(sentence=sentence, text=text, by=annotator, at=now)

    def test_refuses_outsiders(self, sentence, outsider, now):
        with pytest.raises(NotAllowed):
            comments.add(sentence=sentence, text="Hello.", by=outsider, at=now)

        assert not Comment.objects.exists()
