"""How much the engine may spend on a sentence."""

from enum import StrEnum

VERSION = 7


class Profile(StrEnum):
    """The standard one reads each sentence with an encoder, the fast one by its features alone."""

    STANDARD = "standard"
    FAST = "fast"

    @property
    def engine(self) -> str:
        return f"{self.value}-{VERSION}"
