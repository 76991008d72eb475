"""The engine that asks a language model: ours reads along, the model judges."""

from collections.abc import Iterator, Mapping
from concurrent.futures import wait
from dataclasses import replace

from anyio.from_thread import start_blocking_portal

from annotations.engines.base import Alive, Material, Usage
from annotations.engines.chat.answers import Judgement
from annotations.engines.chat.asking import Asking
from annotations.engines.chat.endpoint import Endpoint
from annotations.engines.chat.questions import questions
from annotations.extraction import (
    NEVER,
    STATEMENTS,
    THRESHOLD,
    Claimant,
    Facet,
    Finding,
    Profile,
    Sentence,
    Signal,
    Span,
    examine,
    signal,
)

VERSION = 1
TICK = 1.0
DIGITS = 4
LONGEST_VERSION = 200


class ChatEngine:
    """Check-worthiness, kind and claimant by a language model; all else by our own engine."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._asking = Asking(endpoint)

    @property
    def version(self) -> str:
        return f"chat-{VERSION}:{self._endpoint.model}"[:LONGEST_VERSION]

    @property
    def usage(self) -> Usage:
        return self._asking.usage

    def examine(self, material: Material, *, alive: Alive) -> Iterator[Finding]:
        asked = {
            place: one for place, one in enumerate(material.sentences) if one.role not in NEVER
        }
        judged = self._judged(asked, material, alive) if asked else {}
        found = examine(
            material.sentences,
            language=material.language,
            published_at=material.published_at,
            profile=Profile.FAST,
        )
        for place, finding in enumerate(found):
            own = replace(finding, engine=self.version)
            yield _merged(own, judged[place]) if place in judged else own

    def _judged(
        self, asked: Mapping[int, Sentence], material: Material, alive: Alive
    ) -> dict[int, Judgement]:
        """Ask in a thread beside this one, which goes on saying that it lives."""
        some = questions(asked, self._endpoint.model, material)
        with start_blocking_portal() as portal:
            future = portal.start_task_soon(self._asking.judge, some, material)
            try:
                while wait([future], timeout=TICK).not_done:
                    alive()
                return future.result()
            finally:
                future.cancel()


def _merged(own: Finding, judgement: Judgement) -> Finding:
    """Put the model's judgement over ours; what is no statement is never a candidate."""
    kind = judgement.kind
    highest = 1.0 if kind in STATEMENTS else THRESHOLD
    worth = round(min(judgement.worth, highest), DIGITS)
    is_candidate = worth > THRESHOLD
    others = (facet for facet in own.facets[1:] if facet.value != kind.value)
    return replace(
        own,
        check_worthiness=worth,
        is_candidate=is_candidate,
        kind=kind,
        facets=(Facet(kind.value), *(others if kind in STATEMENTS else ())),
        claimant=_claimant(own, judgement.claimant),
        signals=tuple(_signals(own, judgement)) if is_candidate else (),
    )


def _claimant(own: Finding, said: Span | None) -> Claimant | None:
    """Return who the model says; where that is who we found, with the name that we resolved."""
    if said is None:
        return None
    start, end = own.start + said.start, own.start + said.end
    if own.claimant and own.claimant.start < end and start < own.claimant.end:
        return own.claimant
    text = own.exact[said.start : said.end]
    return Claimant(text, start, end, text)


def _signals(own: Finding, judgement: Judgement) -> Iterator[Signal]:
    """Say that the model decided, and on which words: nothing of its own is quoted."""
    yield signal("model", own.start, own.end, engine=own.engine)
    for span in judgement.words:
        quote = own.exact[span.start : span.end]
        place = own.start + span.start, own.start + span.end
        yield signal("model_words", *place, engine=own.engine, quote=quote)
