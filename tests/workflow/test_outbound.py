"""Requests to addresses that people typed never reach our own network."""

import socket
import time

import pytest

from annotations.workflow import outbound
from tests.receiver import receiving

PUBLIC = ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]
OURS = [
    "127.0.0.1",
    "127.255.0.9",
    "0.0.0.0",  # noqa: S104 - refused here
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%lo",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::1",
    "2002:c0a8:101::1",
    "2001::1",
]


@pytest.fixture
def receiver():
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def allowed(settings):
    settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost", "127.0.0.1"})


def post(url, *addresses, **options):
    if addresses:
        options["resolve"] = lambda _host, _port: list(addresses)
    return outbound.post(url, content=b"{}", headers={"x-test": "1"}, **options)


class TestIsPublic:
    @pytest.mark.parametrize("address", PUBLIC)
    def test_takes_the_internet(self, address):
        assert outbound.is_public(address)

    @pytest.mark.parametrize("address", OURS)
    def test_refuses_what_is_near(self, address):
        assert not outbound.is_public(address)


class TestPost:
    def test_reaches_a_host_that_was_allowed_by_name(self, receiver, allowed):
        answer = post(receiver.url)

        assert (answer.status, answer.is_success) == (204, True)
        [(headers, body)] = receiver.came
        assert body == b"{}"
        assert headers["host"] == receiver.url.split("/")[2]
        assert headers["x-test"] == "1"

    @pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "0x7f.1", "2130706433"])
    def test_refuses_our_own_machine_however_it_is_written(self, receiver, name):
        with pytest.raises(outbound.NotReached):
            post(receiver.url.replace("localhost", name))

        assert receiver.came == []

    @pytest.mark.parametrize("address", OURS)
    def test_refuses_a_name_that_leads_to_our_network(self, receiver, address):
        with pytest.raises(outbound.ForbiddenAddress):
            post(receiver.url.replace("localhost", "cms.example"), address)

        assert receiver.came == []

    def test_refuses_a_name_of_which_one_address_is_ours(self, receiver):
        with pytest.raises(outbound.ForbiddenAddress):
            post(receiver.url.replace("localhost", "cms.example"), PUBLIC[0], "127.0.0.1")

        assert receiver.came == []

    def test_connects_to_the_address_that_was_checked(self, receiver, monkeypatch):
        answers = [[PUBLIC[0]], ["127.0.0.1"], ["127.0.0.1"]]
        tried = []
        connect = outbound.httpcore.SyncBackend.connect_tcp

        def noted(self, host, port, **options):
            tried.append(host)
            raise outbound.httpcore.ConnectError("stopped by the test")

        monkeypatch.setattr(outbound.httpcore.SyncBackend, "connect_tcp", noted)
        with pytest.raises(outbound.NotReached):
            post(
                receiver.url.replace("localhost", "rebinding.example"),
                resolve=lambda _host, _port: answers.pop(0),
            )
        monkeypatch.setattr(outbound.httpcore.SyncBackend, "connect_tcp", connect)

        assert tried == [PUBLIC[0]]
        assert len(answers) == 2, "the name was looked up again after the check"

    def test_tries_the_next_address_where_one_is_deaf(self, receiver, allowed):
        with socket.socket(socket.AF_INET6) as deaf:
            deaf.bind(("::1", 0))

            answer = post(receiver.url, "::1", "127.0.0.1")

        assert answer.status == 204

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_does_not_follow(self, receiver, allowed, status):
        receiver.answers = [status]
        receiver.headers = {"Location": receiver.url}

        answer = post(receiver.url)

        assert (answer.status, len(receiver.came)) == (status, 1)

    def test_reads_no_more_than_it_needs(self, receiver, allowed):
        def endless(handler):
            handler.send_response(200)
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(b"x" * 65_536)
            except OSError:
                pass

        receiver.answers = [endless]

        answer = post(receiver.url)

        assert len(answer.body) == outbound.TAKEN_AT_MOST

    def test_does_not_wait_for_one_who_dribbles(self, receiver, allowed, monkeypatch):
        monkeypatch.setattr(outbound, "PATIENCE", 1.0)

        def dribble(handler):
            try:
                while True:
                    handler.wfile.write(b"H")
                    time.sleep(0.05)
            except OSError:
                pass

        receiver.answers = [dribble]
        start = time.monotonic()

        with pytest.raises(outbound.NotReached):
            post(receiver.url)

        assert time.monotonic() - start < 10

    @pytest.mark.parametrize("url", ["http://cms.invalid/", "http://127.0.0.1:1/"])
    def test_says_that_nobody_is_there(self, allowed, url):
        with pytest.raises(outbound.NotReached):
            post(url)
