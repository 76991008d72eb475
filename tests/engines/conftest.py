from datetime import date

import pytest

from annotations.engines import ChatEngine, Endpoint, Material
from annotations.extraction import plan
from tests.chat import chat_server

TEXT = (
    "L’école ferme\n\nPar Anne Le Goff\n\n"
    "La maire Odile Karadec a annoncé mardi la fermeture de deux écoles. "
    "La maire a reçu 12 parents. C’est une honte. Que faire ?"
)


@pytest.fixture
def chat():
    with chat_server() as server:
        yield server


@pytest.fixture
def material():
    return Material(plan(TEXT, "fr"), "fr", date(2025, 3, 12))


@pytest.fixture
def endpoint(chat):
    """Make an endpoint that loses no time over its troubles."""

    def endpoint(**options):
        usual = {"url": chat.url, "model": "small", "key": "secret-key", "pauses": (0.01, 0.01)}
        return Endpoint(**usual | options)

    return endpoint


@pytest.fixture
def read(endpoint, material):
    """Read the article; returns what was found and what it cost."""

    def read(given=material, *, alive=lambda: None, **options):
        engine = ChatEngine(endpoint(**options))
        return list(engine.examine(given, alive=alive)), engine.usage

    return read
