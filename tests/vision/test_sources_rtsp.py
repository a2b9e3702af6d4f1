"""Network cameras: a real RTSP conversation over TCP."""

from __future__ import annotations

import contextlib
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from edge.clock import SystemClock
from edge.config.sources import RtspColour
from edge.errors import SourceError
from edge.vision.colour import ColourSource, Shot, open_colour

CLOCK = SystemClock()
PACKET_BYTES = 7 * 188
CRLF = "\r\n"


def transport_stream(path: Path, seconds: int = 2) -> bytes:
    """A test picture as H.264 in a transport stream."""
    source = f"testsrc=size=320x240:rate=25:duration={seconds}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast"]
    command += ["-tune", "zerolatency", "-g", "5", "-pix_fmt", "yuv420p", "-f", "mpegts", str(path)]
    subprocess.run(command, check=True)
    return path.read_bytes()


class RtspCamera:
    """Serves the stream over and over to one viewer at a time. `silent` accepts connections and never answers."""

    def __init__(self, stream: bytes, silent: bool = False) -> None:
        self._packets = [stream[at : at + PACKET_BYTES] for at in range(0, len(stream), PACKET_BYTES)]
        self._pause_s = 2.0 / max(1, len(self._packets))
        self._silent = silent
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._viewers: list[socket.socket] = []
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.port = self._listener.getsockname()[1]
        self.url = f"rtsp://127.0.0.1:{self.port}/gate"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pull_the_plug()
        self._thread.join(5)

    def pull_the_plug(self) -> None:
        self._gone.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for viewer in self._viewers:
            with contextlib.suppress(OSError):
                viewer.shutdown(socket.SHUT_RDWR)
            viewer.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while not self._gone.is_set():
                viewer, _ = self._listener.accept()
                self._viewers.append(viewer)
                if not self._silent:
                    with contextlib.suppress(OSError):
                        self._talk(viewer)

    def _talk(self, viewer: socket.socket) -> None:
        for request in iter(lambda: self._request(viewer), ""):
            verb = request.split(" ", 1)[0]
            number = next(line.split(":")[1].strip() for line in request.splitlines() if line.lower().startswith("cseq"))
            viewer.sendall(self._answer(verb, number))
            if verb == "PLAY":
                self._play(viewer)
                return

    @staticmethod
    def _request(viewer: socket.socket) -> str:
        text = b""
        while b"\r\n\r\n" not in text:
            part = viewer.recv(4096)
            if not part:
                return ""
            text += part
        return text.decode()

    def _answer(self, verb: str, number: str) -> bytes:
        media = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=gate\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:track0\r\n"
        more = {
            "OPTIONS": "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n",
            "DESCRIBE": f"Content-Type: application/sdp\r\nContent-Length: {len(media)}\r\n\r\n{media}",
            "SETUP": "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 7\r\n\r\n",
        }
        return f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n{more.get(verb, 'Session: 7' + CRLF + CRLF)}".encode()

    def _play(self, viewer: socket.socket) -> None:
        started_s = time.monotonic()
        for number in range(1_000_000):
            if self._gone.wait(self._pause_s):
                return
            body = self._packets[number % len(self._packets)]
            stamp = int((time.monotonic() - started_s) * 90_000) & 0xFFFFFFFF
            packet = struct.pack(">BBHII", 0x80, 33, number & 0xFFFF, stamp, 7) + body
            viewer.sendall(struct.pack(">cBH", b"$", 0, len(packet)) + packet)


def network_camera(url: str) -> RtspColour:
    return RtspColour(source="rtsp", url=url, width=320, height=240)


def watch(source: ColourSource, frames: int) -> list[Shot | None]:
    return [source.read() for _ in range(frames)]


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if shutil.which("ffmpeg") is None:
        pytest.skip("needs the program ffmpeg to make a stream")
    return transport_stream(tmp_path_factory.mktemp("rtsp") / "gate.ts")


@pytest.fixture
def camera(stream: bytes) -> Iterator[RtspCamera]:
    with RtspCamera(stream) as serving:
        yield serving


def test_a_network_camera_gives_pictures_of_the_configured_size(camera: RtspCamera) -> None:
    source = open_colour(network_camera(camera.url), CLOCK)
    shots = watch(source, 10)
    source.close()
    assert all(shot is not None and shot.pixels.shape == (240, 320, 3) for shot in shots)
    assert not source.replay


def test_a_network_camera_whose_plug_is_pulled_is_said_to_be_gone(camera: RtspCamera) -> None:
    source = open_colour(network_camera(camera.url), CLOCK)
    source.read()
    camera.pull_the_plug()
    with pytest.raises(SourceError, match="stopped giving pictures"):
        watch(source, 200)
    source.close()


def test_an_unreachable_network_camera_is_told_within_six_seconds_without_its_password() -> None:
    started_s = time.monotonic()
    with pytest.raises(SourceError, match="does not answer") as refused:
        open_colour(network_camera("rtsp://guard:s3cret@127.0.0.1:9/gate"), CLOCK)
    assert time.monotonic() - started_s < 6.0
    assert refused.value.remedy
    assert "s3cret" not in str(refused.value)


def test_a_network_camera_that_accepts_and_never_answers_is_told_within_six_seconds(stream: bytes) -> None:
    with RtspCamera(stream, silent=True) as mute:
        started_s = time.monotonic()
        with pytest.raises(SourceError, match="does not answer"):
            open_colour(network_camera(mute.url), CLOCK)
        assert time.monotonic() - started_s < 6.0
