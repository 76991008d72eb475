"""What the tests of publishing do and say."""

from annotations.models import Verdict
from annotations.workflow import publishing
from annotations.workflow.publishing import Correction
from annotations.workflow.tagging import Item

REPORT = Item("https://journal.example/rapport", "Le rapport", "« 3 millions »", "refutes")
OTHER = Item("https://autre.example/", stance="context")


def correct(publication, *, by, at, **said):
    verdict = Verdict.objects.get(pk=publication.verdict_id)
    return publishing.correct(
        verdict=verdict,
        correction=Correction(**{"label": "disputed", "note": "Chiffre revu."} | said),
        by=by,
        at=at,
        based_on=verdict.version,
    )


def retract(publication, *, by, at, note="Faux."):
    verdict = Verdict.objects.get(pk=publication.verdict_id)
    return publishing.retract(verdict=verdict, note=note, by=by, at=at, based_on=verdict.version)
