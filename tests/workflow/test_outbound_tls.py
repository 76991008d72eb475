"""The certificate is checked for the name in the address, whatever address is connected to."""

import ssl
from contextlib import contextmanager

import pytest
from django.conf import settings as project

from annotations.workflow import outbound
from tests.receiver import receiving

TLS = project.BASE_DIR / "tests" / "data" / "tls"


@pytest.fixture
def trusted(monkeypatch, settings):
    """Trust the authority of the tests, and allow both names."""
    settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"receiver.example", "other.example", "127.0.0.1"})
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
    outbound._trust.cache_clear()
    yield
    outbound._trust.cache_clear()


@contextmanager
def over_tls():
    """A receiver with a certificate for receiver.example; it writes down which name was asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "receiver.pem")
    names = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with receiving(tls=context) as receiver:
        receiver.names = names
        yield receiver


def post(host, receiver):
    port = receiver.url.rpartition(":")[2].partition("/")[0]
    return outbound.post(
        f"https://{host}:{port}/news",
        content=b"{}",
        headers={},
        resolve=lambda _host, _port: ["127.0.0.1"],
    )


@pytest.mark.usefixtures("trusted")
class TestTls:
    def test_asks_the_checked_address_for_the_name(self):
        with over_tls() as receiver:
            answer = post("receiver.example", receiver)

        assert answer.status == 204
        assert receiver.names == ["receiver.example"]
        assert len(receiver.came) == 1

    @pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
    def test_refuses_a_certificate_of_another_name(self, host):
        with over_tls() as receiver, pytest.raises(outbound.NotReached, match="CERTIFICATE"):
            post(host, receiver)

        assert receiver.came == []

    def test_refuses_an_authority_that_nobody_trusts(self, monkeypatch):
        monkeypatch.delenv("SSL_CERT_FILE")
        outbound._trust.cache_clear()

        with over_tls() as receiver, pytest.raises(outbound.NotReached, match="CERTIFICATE"):
            post("receiver.example", receiver)

        assert receiver.came == []
