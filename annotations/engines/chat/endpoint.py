"""Where the model is, and what one article may cost."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url` ends before `/chat/completions`; the key is in no text made of this."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    seconds_a_call: float = 30.0
    max_calls: int = 20
    max_tokens: int = 60_000
    max_bytes: int = 1_000_000
    pauses: tuple[float, ...] = (0.5, 2.0)

    @property
    def address(self) -> str:
        return f"{self.url.rstrip('/')}/chat/completions"
