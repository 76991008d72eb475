from datetime import timedelta

from annotations.models import Worker
from annotations.workflow import workers


class TestWorkers:
    def test_live_as_long_as_they_are_heard_of(self, db, now, settings):
        assert not workers.any_alive(at=now)

        workers.seen(name="one@here", at=now)
        workers.seen(name="one@here", at=now + timedelta(seconds=5))

        assert Worker.objects.count() == 1
        last = now + timedelta(seconds=5) + settings.WORKER_SILENCE
        assert workers.any_alive(at=last)
        assert not workers.any_alive(at=last + timedelta(seconds=1))

    def test_are_gone_once_they_said_goodbye(self, db, now):
        workers.seen(name="one@here", at=now)

        workers.gone(name="one@here")

        assert not workers.any_alive(at=now)

    def test_are_forgotten_an_hour_after_they_died(self, db, now):
        workers.seen(name="dead@there", at=now - timedelta(minutes=61))
        workers.seen(name="one@here", at=now - timedelta(minutes=59))

        workers.forget_silent(at=now)

        assert Worker.objects.get().name == "one@here"
