"""A real HTTPS server somewhere else: a webhook's receiver, a browser's push service. Keeps what it was sent."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = ("127.0.0.0/8",)
"""The network in which it stands: not public, so it has to be named."""


@dataclass
class Got:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Elsewhere:
    """Attributes: status, what it answers next; got, what it was sent."""

    url: str
    status: int = 201
    got: list[Got] = field(default_factory=list)


@contextmanager
def elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch, status: int = 201) -> Iterator[Elsewhere]:
    """Its certificate is trusted as long as it stands."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate = _certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        there = Elsewhere(f"https://localhost:{server.server_port}", status)
        server.RequestHandlerClass = _handler(there)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield there
        server.shutdown()
        thread.join()


def _handler(there: Elsewhere) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            there.got.append(Got(self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(there.status)
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(names, critical=False).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    forms = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "elsewhere.pem"
    signed = made.sign(key, hashes.SHA256())
    file.write_bytes(key.private_bytes(*forms) + signed.public_bytes(serialization.Encoding.PEM))
    return file
