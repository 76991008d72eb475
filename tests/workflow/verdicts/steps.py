"""What the tests of verdicts do and say."""

from annotations.models import Verdict
from annotations.workflow import publishing, verdicts
from annotations.workflow.tagging import Item

REPORT = Item("https://journal.example/rapport")
State = Verdict.State


def approve(verdict, *, by, at, **more):
    return verdicts.approve(verdict=verdict, by=by, at=at, based_on=verdict.version, **more)


def send_back(verdict, *, by, at, comment="Quelle source ?"):
    return verdicts.send_back(
        verdict=verdict, comment=comment, by=by, at=at, based_on=verdict.version
    )


def adjudicate(verdict, *, by, at, label="disputed", rationale="Deux sources.", rating=None):
    decision = verdicts.Decision(label, rationale, rating)
    return verdicts.adjudicate(
        verdict=verdict, decision=decision, by=by, at=at, based_on=verdict.version
    )


def retract(verdict, *, by, at):
    publishing.retract(verdict=verdict, note="Faux.", by=by, at=at, based_on=verdict.version)
