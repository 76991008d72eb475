"""Reading an article for a run: with the desk's engine, or with ours where that one fails."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from logging import getLogger

from annotations.engines import Engine, EngineFailed, Failure, Material
from annotations.extraction import Finding
from annotations.models import ExtractionRun
from annotations.workflow import desk_engines

logger = getLogger(__name__)
Clock = Callable[[], datetime]
HEARTBEAT = timedelta(seconds=1)


class TakenAway(Exception):
    """Somebody else has the run now: what is found here is of no use."""


class Reader:
    """Reads for one run, and says about once a second that it does.

    The desk's engine keeps its budget if the article is cut and read again, and once it has
    failed it is not asked again.
    """

    def __init__(self, run: ExtractionRun, clock: Clock, beat: Callable[..., bool]) -> None:
        self._run, self.clock, self._beat = run, clock, beat
        self._engine = desk_engines.of(run.revision.article.desk)
        self._beaten_at = clock()

    def read(self, material: Material) -> list[Finding]:
        """Return what was found, and note on the run who found it."""
        if self._run.fallback:
            return self._found(desk_engines.standard(), material)
        try:
            return self._asked(material)
        except EngineFailed as trouble:
            logger.warning("%s cannot read an article: %s", self._run.engine_asked, trouble)
            self._run.fallback = trouble.failure.value
        standard = desk_engines.standard()
        self._run.engine = standard.version
        return self._found(standard, material)

    def _asked(self, material: Material) -> list[Finding]:
        if self._engine is None:
            raise EngineFailed(Failure.NOT_SET_UP)
        try:
            return self._found(self._engine, material)
        finally:
            usage = self._engine.usage
            self._run.engine_usage = asdict(usage) if usage.calls else {}

    def _found(self, engine: Engine, material: Material) -> list[Finding]:
        found: list[Finding] = []
        self._say_alive(0)
        for finding in engine.examine(material, alive=lambda: self._say_alive(len(found))):
            found.append(finding)
            self._say_alive(len(found))
        return found

    def _say_alive(self, done: int) -> None:
        now = self.clock()
        if now - self._beaten_at >= HEARTBEAT:
            self._beaten_at = now
            if not self._beat(done=done, at=now):
                raise TakenAway
