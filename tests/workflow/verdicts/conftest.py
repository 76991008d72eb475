import pytest

from annotations.models import Verdict
from annotations.workflow import publishing
from tests.factories import ArticleFactory, UserFactory, annotated
from tests.workflow.verdicts.steps import State, approve, retract, send_back


@pytest.fixture
def sentence(desk):
    return ArticleFactory(desk=desk).sentences.first()


@pytest.fixture
def colleague(desk):
    return UserFactory(on=desk)


@pytest.fixture
def verdict(sentence, annotator):
    annotated(sentence, by=annotator, rationale="Vu au budget.")
    return Verdict.objects.get()


@pytest.fixture
def bring_to(sentence, verdict, colleague, reviewer, now):
    """Lead the verdict to a state by what people do."""

    def publish():
        approve(verdict, by=reviewer, at=now)
        publishing.publish(article=sentence.article, by=reviewer, at=now)
        verdict.refresh_from_db()

    def bring_to(state):
        if state == State.CONTESTED:
            annotated(sentence, by=colleague, label="disputed")
        elif state == State.RETURNED:
            send_back(verdict, by=reviewer, at=now)
        elif state == State.APPROVED:
            approve(verdict, by=reviewer, at=now)
        elif state in Verdict.PUBLIC:
            publish()
            if state == State.RETRACTED:
                retract(verdict, by=reviewer, at=now)
        verdict.refresh_from_db()
        assert verdict.state == state
        return verdict

    return bring_to
