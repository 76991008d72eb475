import pytest

from annotations.models import AuditEvent, Desk
from annotations.workflow import presentation
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.presentation import Presentation

SITE = "https://www.journal.example/"


class TestPresent:
    def test_takes_what_a_manager_decided(self, desk, manager, now):
        said = Presentation(
            publishes_publicly=True,
            site_url=SITE,
            check_url="https://verif.journal.example/{id}",
            methodology="Deux personnes relisent.",
        )

        presentation.present(desk=desk, presentation=said, by=manager, at=now, based_on=1)

        assert presentation.presentation_of(Desk.objects.get(pk=desk.pk)) == said

    def test_leaves_a_trace(self, desk, manager, now):
        said = Presentation(publishes_publicly=True)

        presentation.present(desk=desk, presentation=said, by=manager, at=now, based_on=1)

        event = AuditEvent.objects.get(action="desk.presented")
        changed = (event.before["publishes_publicly"], event.after["publishes_publicly"])
        assert (event.desk, event.actor, changed) == (desk, manager, (False, True))

    def test_refuses_a_reviewer(self, desk, reviewer, now):
        said = Presentation(publishes_publicly=True)

        with pytest.raises(NotAllowed):
            presentation.present(desk=desk, presentation=said, by=reviewer, at=now, based_on=1)

    def test_refuses_what_was_written_over_meanwhile(self, desk, manager, now):
        theirs, mine = Presentation(methodology="Deux fois."), Presentation(methodology="Une fois.")
        presentation.present(desk=desk, presentation=theirs, by=manager, at=now, based_on=1)

        with pytest.raises(StaleWrite) as refusal:
            presentation.present(desk=desk, presentation=mine, by=manager, at=now, based_on=1)

        assert refusal.value.current.methodology == "Deux fois."
        assert presentation.presentation_of(Desk.objects.get(pk=desk.pk)) == theirs

    def test_counts_no_version_where_nothing_changes(self, desk, manager, now):
        said = presentation.presentation_of(desk)

        presentation.present(desk=desk, presentation=said, by=manager, at=now, based_on=1)

        assert Desk.objects.get(pk=desk.pk).version == 1
        assert not AuditEvent.objects.filter(action="desk.presented").exists()

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"site_url": "journal"}, "site_url"),
            ({"license_url": "ftp://a.example/"}, "license_url"),
            ({"check_url": "https://www.journal.example/checks"}, "check_url"),
            ({"check_url": "https://www.journal.example/{id}"}, "check_url"),
            ({"check_url": "https://ailleurs.example/{id}", "site_url": SITE}, "check_url"),
            ({"check_url": "https://a b/{id}", "site_url": SITE}, "check_url"),
            ({"check_url": SITE + "{id}/{nom}", "site_url": SITE}, "check_url"),
            ({"methodology": "\x00"}, "methodology"),
        ],
    )
    def test_refuses_what_readers_could_not_use(self, desk, manager, now, said, field):
        with pytest.raises(BadInput) as refusal:
            presentation.present(
                desk=desk, presentation=Presentation(**said), by=manager, at=now, based_on=1
            )

        assert refusal.value.field == field
