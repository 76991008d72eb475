import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from factcheck.packing import NOISE, WORTHWHILE, chosen, packed

PAGE = b"<p>Relu et corrig\xc3\xa9.</p>" * 40


def answered(content=PAGE, taken="gzip, deflate, br, zstd", **headers):
    view = packed(lambda _request: HttpResponse(content, headers=headers))
    return view(RequestFactory().get("/", headers={"Accept-Encoding": taken} if taken else {}))


class TestChosen:
    @pytest.mark.parametrize(
        ("header", "coding"),
        [
            ("", None),
            ("identity", None),
            ("gzip", "gzip"),
            ("GZIP", "gzip"),
            ("x-gzip", "gzip"),
            ("gzip, zstd", "zstd"),
            ("gzip;q=0.8, zstd;q=0.5", "gzip"),
            ("gzip;q=0", None),
            ("gzip; q=0.0", None),
            ("gzip;q=much", None),
        ],
    )
    def test_takes_what_is_liked_best(self, header, coding):
        assert chosen(header, ["zstd", "gzip"]) == coding

    @given(st.text())
    def test_answers_whatever_is_said(self, header):
        assert chosen(header, ["gzip"]) in {"gzip", None}


class TestPacked:
    def test_sends_the_same_page_in_fewer_bytes(self):
        response = answered()

        assert gzip.decompress(response.content) == PAGE
        assert len(response.content) < len(PAGE) / 3
        assert response["Content-Encoding"] == "gzip"

    @given(st.binary(min_size=WORTHWHILE, max_size=5_000))
    def test_keeps_every_byte(self, content):
        assert gzip.decompress(answered(content).content) == content

    @pytest.mark.parametrize("taken", ["", "identity", "gzip;q=0"])
    def test_leaves_the_page_to_who_takes_no_gzip(self, taken):
        response = answered(taken=taken)

        assert response.content == PAGE
        assert "Content-Encoding" not in response
        assert response["Vary"] == "Accept-Encoding"

    def test_leaves_what_is_short(self):
        assert answered(b"short").content == b"short"

    def test_hides_how_long_a_page_is(self):
        lengths = {len(answered().content) for _ in range(200)}

        assert len(lengths) > 20
        assert max(lengths) - min(lengths) < NOISE

    def test_says_that_a_copy_is_the_same_only_in_meaning(self):
        assert answered(ETag='"1"')["ETag"] == 'W/"1"'
        assert answered(ETag='W/"1"')["ETag"] == 'W/"1"'
        assert answered(taken="", ETag='"1"')["ETag"] == '"1"'
