"""A small camera on this machine: a real HTTP server with digest authentication that speaks ISAPI."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import parse_http_list, parse_keqv_list

from tests.vision.isapi.wire import float32, room

USER, PASSWORD, REALM, NONCE = "gate", "pass word 1", "DS-2TD2637B", "5be0fc64"
DEVICE = """<?xml version="1.0" encoding="UTF-8"?><DeviceInfo version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
<model>DS-2TD2637B-10/P</model><serialNumber>DS-2TD0001</serialNumber><firmwareVersion>V5.5.36</firmwareVersion></DeviceInfo>"""
CAPABILITIES = """<ThermalCap xmlns="http://www.isapi.org/ver20/XMLSchema">
<isSupportJpegPicWithAppendData>{}</isSupportJpegPicWithAppendData></ThermalCap>"""
BASIC = "<ThermometryBasicParam><id>2</id><temperatureUnit>{}</temperatureUnit></ThermometryBasicParam>"
PICTURE = "/ISAPI/Thermal/channels/2/thermometry/jpegPicWithAppendData?format=json"


def pictures() -> Callable[[], bytes]:
    count = iter(range(1_000_000))
    return lambda: float32(room(next(count)))


@dataclass
class Camera:
    """What it answers; tests change it."""

    picture: Callable[[], bytes] = field(default_factory=pictures)
    device: str = DEVICE
    whole_pictures: str = "true"
    unit: str = "degreeCentigrade"
    algorithms: tuple[str, ...] = ("MD5",)
    scheme: str = "Digest"
    fails: dict[str, tuple[int, str]] = field(default_factory=dict)
    hangs: threading.Event | None = None
    closes: bool = False
    asked: list[str] = field(default_factory=list)
    refused: int = 0
    url: str = ""

    def document(self, path: str) -> bytes:
        table = {
            "/ISAPI/System/deviceInfo": self.device.encode,
            "/ISAPI/Thermal/capabilities": lambda: CAPABILITIES.format(self.whole_pictures).encode(),
            "/ISAPI/Thermal/channels/2/thermometry/basicParam": lambda: BASIC.format(self.unit).encode(),
            PICTURE: self.picture,
        }
        return table[path]()

    def proved(self, header: str | None, path: str) -> bool:
        """Checked as RFC 7616 has it, with nothing of the gate's code."""
        if not header or not header.startswith("Digest "):
            return False
        said = parse_keqv_list(parse_http_list(header.removeprefix("Digest ")))

        def digest(text: str) -> str:
            return hashlib.new(said["algorithm"].replace("-", ""), text.encode()).hexdigest()

        secret, what = digest(f"{USER}:{REALM}:{PASSWORD}"), digest(f"GET:{path}")
        right = digest(f"{secret}:{NONCE}:{said['nc']}:{said['cnonce']}:auth:{what}")
        return said["uri"] == path and said["nonce"] == NONCE and said["response"] == right


def _handler(camera: Camera) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            camera.asked.append(self.path)
            if camera.hangs is not None:
                camera.hangs.wait(10)
                self.close_connection = True
                return
            header = self.headers.get("Authorization")
            if not camera.proved(header, self.path):
                camera.refused += header is not None
                self.answer(401, b"<ResponseStatus/>", challenge=True)
            elif self.path in camera.fails:
                status, text = camera.fails[self.path]
                self.answer(status, text.encode())
            else:
                self.answer(200, camera.document(self.path))

        def answer(self, status: int, body: bytes, *, challenge: bool = False) -> None:
            self.send_response(status)
            for algorithm in camera.algorithms if challenge else ():
                value = f'{camera.scheme} realm="{REALM}", nonce="{NONCE}", qop="auth", algorithm={algorithm}, stale="FALSE"'
                self.send_header("WWW-Authenticate", value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = camera.closes

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    return Handler


@contextmanager
def serving(camera: Camera) -> Iterator[Camera]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(camera))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    camera.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield camera
    finally:
        if camera.hangs is not None:
            camera.hangs.set()
        server.shutdown()
        thread.join()
        server.server_close()
