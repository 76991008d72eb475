"""Imports as somebody asks for them, and as a worker carries them out."""

from uuid import uuid4

import pytest

from annotations.workflow import imports
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish


@pytest.fixture
def ask(desk, annotator, now):
    def ask(content, *, name="articles.csv", by=annotator, **wish):
        file = File(name, [content])
        return imports.request(desk=desk, file=file, wish=Wish(**wish), by=by, at=now)

    return ask


@pytest.fixture
def carry(now):
    """Carry an import out as a worker does, turn by turn; return what was sent on."""

    def carry(work, *, token=None, clock=lambda: now):
        sent, more = [], work
        while more is not None:
            more = imports.carry_out(
                import_id=work.pk, token=token or uuid4(), clock=clock, send=sent.append
            )
        work.refresh_from_db()
        return sent

    return carry
