from annotations.models import Annotation, AuditEvent, Verdict
from annotations.workflow import tagging
from tests.factories import annotated
from tests.workflow.tagging.steps import NOTHING, REPORT


class TestWithdraw:
    def test_takes_back_what_one_said(self, sentence, annotator, say, now):
        say("verified", rationale="Vu.", evidence=[REPORT])

        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        annotation = Annotation.objects.get()
        assert tagging.state_of(annotation) == NOTHING
        assert annotation.version == 2
        assert not Annotation.objects.given().exists()
        assert Verdict.objects.get().annotators == 0
        assert AuditEvent.objects.latest("id").action == "annotation.withdrawn"

    def test_lets_one_annotate_anew_as_on_an_untouched_sentence(
        self, sentence, annotator, say, now
    ):
        say("verified")
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        again = annotated(sentence, by=annotator, label="disputed")

        assert (again.label, again.version) == ("disputed", 3)

    def test_does_nothing_where_nothing_was_said(self, sentence, annotator, now):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=0)

        assert not Annotation.objects.exists()
        assert not AuditEvent.objects.exists()
