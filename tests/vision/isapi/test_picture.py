"""An answer as bytes becomes a picture of temperatures, or says in words why not."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.buses.http_digest import Challenge, authorization, strongest
from edge.vision.thermal.isapi.complaints import complaint
from edge.vision.thermal.isapi.multipart import parts_of
from edge.vision.thermal.isapi.picture import picture_of
from tests.vision.isapi.wire import BOUNDARY, COLS, ROWS, answer, float32, int16, jpeg, meta, part, room


@pytest.mark.parametrize("length", [True, False])
def test_float32_is_degrees_celsius_row_by_row(length: bool) -> None:
    celsius = room()
    picture = picture_of(answer(meta(4), celsius.astype("<f4").tobytes(), length=length))
    assert picture.celsius.shape == (ROWS, COLS)
    assert np.abs(picture.celsius - celsius).max() < 1e-5
    assert not picture.frozen


@pytest.mark.parametrize(("scale", "offset"), [(64.0, 0.0), (10.0, 0.0), (100.0, 50.0)])
def test_int16_is_kelvin_by_scale_and_offset(scale: float, offset: float) -> None:
    picture = picture_of(int16(room(), scale, offset))
    assert np.abs(picture.celsius - room()).max() <= 0.5 / scale + 1e-9


def test_a_pixel_that_is_not_a_number_or_a_mark_has_no_value() -> None:
    celsius = room()
    celsius[0, :5] = [np.nan, np.inf, -np.inf, -9999.0, 9999.0]
    picture = picture_of(float32(celsius))
    assert np.isnan(picture.celsius[0, :5]).all()
    assert np.isfinite(picture.celsius).sum() == ROWS * COLS - 5


def test_a_matrix_may_look_like_anything() -> None:
    """Boundaries and the first bytes of a JPEG or of JSON in it are temperatures all the same."""
    for beginning in (b"\xff\xd8\xff\xe0", b'{"a"', b"\r\n" + BOUNDARY + b"\r\n"):
        matrix = room().astype("<f4").tobytes()
        body = answer(meta(4), beginning + matrix[len(beginning) :])
        assert picture_of(body).celsius[5, 5] == pytest.approx(room()[5, 5], abs=1e-5)


def test_a_camera_that_calls_every_part_a_stream_of_bytes_is_understood() -> None:
    described = json.dumps({"JpegPictureWithAppendData": meta(4)}).encode()
    matrix = room().astype("<f4").tobytes()
    body = b"".join(part("application/octet-stream", data) for data in (described, jpeg(), matrix)) + BOUNDARY + b"--"
    assert picture_of(body).celsius[50, 80] == pytest.approx(34.5)


def test_the_camera_may_say_that_its_picture_stands_still() -> None:
    assert picture_of(float32(room(), isFreezedata=True)).frozen


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"jpegPicWidth": 161}, "are no 161x120 of 4 bytes"),
        ({"jpegPicHeight": None}, "jpegPicHeight is None"),
        ({"p2pDataLen": 100}, "have 76800 bytes, the camera says 100"),
        ({"temperatureDataLength": 3}, "neither 2 nor 4"),
        ({"temperatureDataLength": 2, "p2pDataLen": None, "scale": 0}, "no 160x120 of 2 bytes"),
    ],
)
def test_sizes_that_do_not_fit_are_named(told: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        picture_of(float32(room(), **told))


@pytest.mark.parametrize("scale", [0, -10, None, "10"])
def test_two_bytes_without_a_scale_are_refused(scale: Any) -> None:
    with pytest.raises(ValueError, match="need a scale"):
        picture_of(answer(meta(2, scale=scale), bytes(ROWS * COLS * 2)))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "has no parts"),
        (b"<html>Not found</html>", "has no parts"),
        (BOUNDARY + b"\r\nContent-Type: application/json\r\n", "no end of its head"),
        (part("application/json", b"{}", length=False), "the answer is cut"),
        (part("application/json", b"{") + BOUNDARY + b"--", "is no JSON"),
        (part("application/json", b"[1]") + BOUNDARY + b"--", "has no JpegPictureWithAppendData"),
        (part("image/pjpeg", jpeg()) + BOUNDARY + b"--", "no part describes"),
        (part("application/json", json.dumps(meta(4)).encode()) + BOUNDARY + b"--", "no part holds temperatures"),
        (float32(room())[:-2000], "the answer is cut"),
        (float32(room()).replace(b"Content-Length: 76800", b"Content-Length: 76000"), "its lengths are wrong"),
        (float32(room()).replace(b"Content-Length: 76800", b"Content-Length: many"), "length is 'many'"),
    ],
)
def test_a_broken_answer_is_told_in_words(body: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        picture_of(body)


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_no_bytes_break_the_reading_of_parts(noise: bytes, at: int) -> None:
    body = answer({"jpegPicWidth": 4}, bytes(64))
    for broken in (noise, BOUNDARY + b"\r\n" + noise, body[:at] + noise + body[at:]):
        try:
            picture_of(broken)
        except ValueError:
            continue
        raise AssertionError("16 values of a picture without a height are no picture")


def test_parts_keep_their_kind() -> None:
    assert [one.kind.split(";")[0] for one in parts_of(float32(room()))] == [
        "application/json",
        "image/pjpeg",
        "application/octet-stream",
    ]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (room() + 273.15, "look like kelvin"),
        (room() * 1.8 + 32, "degrees Fahrenheit"),
        (room() * 10, "tenths of a degree"),
        ((room() + 273.15) * 100, "1/100 K"),
        (np.full((ROWS, COLS), -60.0), "-60 degC"),
        (room().T, "pictures are 120x160"),
        (room().T.reshape(ROWS, COLS), "width and height are swapped"),
    ],
)
def test_other_units_and_a_turned_matrix_are_named(other: np.ndarray[Any, Any], words: str) -> None:
    assert words in str(complaint(other, ROWS, COLS))


def test_a_room_and_an_empty_wall_are_no_reason_to_complain() -> None:
    assert complaint(room(), ROWS, COLS) is None
    assert complaint(np.full((ROWS, COLS), np.nan), ROWS, COLS) is None
    assert complaint(np.random.default_rng(1).normal(22.0, 0.1, (ROWS, COLS)), ROWS, COLS) is None


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_proof_is_the_one_of_rfc_7616(algorithm: str, response: str) -> None:
    nonce, cnonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    challenge = Challenge("http-auth@example.org", nonce, algorithm, qop=True, opaque=None)
    header = authorization(challenge, "Mufasa", "Circle of Life", "GET", "/dir/index.html", cnonce, 1)
    assert f'response="{response}"' in header
    assert 'nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"' in header


def test_the_strongest_challenge_that_is_known_is_answered() -> None:
    def offered(algorithm: str, scheme: str = "Digest", qop: str = "auth") -> str:
        return f'{scheme} realm="a, b", nonce="1", algorithm={algorithm}, qop="{qop}", opaque="x"'

    chosen = strongest([offered("MD5"), offered("SHA-256"), offered("SHA-512-256"), 'Basic realm="a"'])
    assert chosen == Challenge("a, b", "1", "SHA-256", qop=True, opaque="x")
    assert strongest(['Basic realm="a"', offered("MD5", qop="auth-int"), "Digest nonsense", offered("SHA-512-256")]) is None
    old = strongest(['digest realm="a", nonce="1"'])
    assert old == Challenge("a", "1", "MD5", qop=False, opaque=None)
