import pytest
from django.test import RequestFactory

from factcheck.visitors import address_of, household_of


def request(*, connected="10.0.0.1", told=None):
    headers = {"X-Forwarded-For": told} if told is not None else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=connected)


class TestAddress:
    def test_is_the_one_that_connected_where_no_proxy_is(self, settings):
        settings.PROXIES = 0

        assert address_of(request(told="192.0.2.7")) == "10.0.0.1"

    @pytest.mark.parametrize(
        ("proxies", "told", "address"),
        [
            (1, "192.0.2.7", "192.0.2.7"),
            (1, "1.1.1.1, 192.0.2.7", "192.0.2.7"),
            (2, "1.1.1.1, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
            (2, "192.0.2.7", "192.0.2.7"),  # past the first of the two
            (1, "2001:db8::7", "2001:db8::7"),
            (1, "", "10.0.0.1"),
            (1, None, "10.0.0.1"),
            (1, "somebody", "10.0.0.1"),
            (1, "fe80::1%eth0", "10.0.0.1"),
        ],
    )
    def test_is_what_the_outermost_proxy_saw(self, settings, proxies, told, address):
        settings.PROXIES = proxies

        assert address_of(request(told=told)) == address


class TestHousehold:
    @pytest.mark.parametrize(
        ("connected", "household"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
            ("", ""),  # over a unix socket
        ],
    )
    def test_is_one_customer(self, settings, connected, household):
        settings.PROXIES = 0

        assert household_of(request(connected=connected)) == household
