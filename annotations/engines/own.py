"""Our own engine, in one of its profiles: no network, no cost."""

from collections.abc import Iterator

from annotations.engines.base import Alive, Material, Usage
from annotations.extraction import Finding, Profile, examine


class OwnEngine:
    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    @property
    def version(self) -> str:
        return self._profile.engine

    @property
    def usage(self) -> Usage:
        return Usage()

    def examine(self, material: Material, *, alive: Alive) -> Iterator[Finding]:
        return examine(
            material.sentences,
            language=material.language,
            published_at=material.published_at,
            profile=self._profile,
        )
