"""Requests to one camera: each with a deadline, a password that is tried once, and errors in words."""

from __future__ import annotations

import http.client
from typing import Final

from edge.buses.http_client import OK, HttpClient
from edge.errors import SourceError
from edge.vision.thermal.isapi.refusals import refusal

DEADLINE_S: Final = 1.8
"""Of a whole request: shorter than the 2 s for which a reading is fresh."""


class IsapiClient:
    """Keeps its connection; `where` is the camera's address."""

    def __init__(self, url: str, user: str, password: str, deadline_s: float = DEADLINE_S) -> None:
        self.where = url
        self._deadline_s = deadline_s
        self._client = HttpClient(url, user, password, deadline_s)

    def get(self, path: str) -> bytes:
        """The body of the answer. Raises SourceError with place and remedy, PasswordRefusedError where the password is wrong."""
        try:
            answer = self._client.get(path)
        except TimeoutError as late:
            what = f"no whole answer within {self._deadline_s:g} s"
            raise SourceError(what, where=self.where + path, remedy="Check the camera, the network and thermal.url.") from late
        except (OSError, http.client.HTTPException) as gone:
            what = f"the camera cannot be reached ({str(gone) or type(gone).__name__})"
            raise SourceError(what, where=self.where, remedy="Check the camera, the network and thermal.url.") from gone
        if answer.status != OK:
            raise refusal(answer.status, answer.body, self.where + path, digest_known=answer.digest_known)
        return answer.body

    def close(self) -> None:
        self._client.close()
