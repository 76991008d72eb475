from datetime import timedelta

import pytest

from annotations.models import IdempotentRequest
from annotations.workflow import idempotency
from annotations.workflow.errors import NotAllowed


@pytest.fixture
def ask(annotator, now):
    done = []

    def call(fingerprint="a" * 64, key="k1", act=None):
        request = idempotency.Request(key=key, fingerprint=fingerprint, user=annotator)

        def once():
            done.append(1)
            return {"number": len(done)}

        return idempotency.once(request=request, at=now, act=act or once)

    return call


class TestOnce:
    def test_gives_the_first_answer_again(self, ask):
        assert ask() == {"number": 1}
        assert ask() == {"number": 1}
        assert ask(key="k2") == {"number": 2}

    def test_refuses_the_key_of_another_request(self, ask):
        ask()

        with pytest.raises(idempotency.KeyReused):
            ask(fingerprint="b" * 64)

    def test_keeps_no_refusal(self, ask):
        def refuse():
            raise NotAllowed("No.")

        with pytest.raises(NotAllowed):
            ask(act=refuse)

        assert ask() == {"number": 1}


class TestForgetOld:
    def test_forgets_what_is_old_only(self, ask, now):
        ask()

        assert idempotency.forget_old(at=now + timedelta(hours=47)) == 0
        assert idempotency.forget_old(at=now + timedelta(hours=49)) == 1
        assert not IdempotentRequest.objects.exists()
