"""Signing in with a provider (OpenID Connect, authorization code with PKCE): who comes back, and which role that is here."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.exceptions import RequestException

from cloud.ledger.sites import SITE
from cloud.settings import OidcRole, OidcSettings
from contract.errors import MenshenError, SettingsError

SCOPE: Final = "openid profile email"
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
"""Never `none`, and never one with a shared secret."""
PATIENCE_S: Final = 5.0
ON_THE_WAY_S: Final = 600.0
"""So long somebody may take at the provider."""
MOST: Final = 1_000
LEEWAY_S: Final = 60
_KNOWN_S: Final = 3_600.0


class ProviderError(MenshenError):
    """The provider does not answer, or says something that cannot be believed."""


class NoRoleError(MenshenError):
    """Somebody the provider knows, and for whom there is no role here."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the provider vouches for, and what they are here."""

    user: str
    role: OidcRole


@dataclass(frozen=True, slots=True)
class _Way:
    nonce: str
    verifier: str
    until_s: float


class Provider:
    """One provider. Keeps who is on the way there; one process serves the screens, so that is enough."""

    def __init__(self, settings: OidcSettings) -> None:
        """Raises SettingsError where the secret cannot be read, or a site is none."""
        for role in settings.roles:
            if role.site and not re.fullmatch(SITE, role.site):
                raise SettingsError(f"{role.site!r} is no site", where="oidc.roles", remedy="Use a path such as city/hall-3.")
        self._settings = settings
        self._secret = _read_secret(settings)
        self._ways: OrderedDict[str, _Way] = OrderedDict()
        self._about: tuple[float, dict[str, Any]] | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._settings.name

    def begin(self) -> tuple[str, str]:
        """Where to send somebody, and the state that has to come back with them. Raises ProviderError."""
        about = self._discovered()
        state, way = (
            secrets.token_urlsafe(32),
            _Way(secrets.token_urlsafe(32), secrets.token_urlsafe(48), time.monotonic() + ON_THE_WAY_S),
        )
        with self._lock:
            self._ways[state] = way
            while len(self._ways) > MOST:
                self._ways.popitem(last=False)
        where: str
        where, _ = self._session().create_authorization_url(
            about["authorization_endpoint"], state=state, nonce=way.nonce, code_verifier=way.verifier
        )
        return where, state

    def finish(self, state: str, code: str) -> Known:
        """Who came back. A state is good once. Raises ProviderError, NoRoleError."""
        with self._lock:
            way = self._ways.pop(state, None)
        if way is None or way.until_s < time.monotonic():
            raise ProviderError("this sign-in was not begun here, or took too long", remedy="Begin again.")
        about = self._discovered()
        return self._known(self._claims(about, self._token(about, code, way.verifier), way.nonce))

    def _token(self, about: Mapping[str, Any], code: str, verifier: str) -> str:
        try:
            told = self._session().fetch_token(about["token_endpoint"], code=code, code_verifier=verifier, timeout=PATIENCE_S)
        except (AuthlibBaseError, RequestException, ValueError) as failed:
            raise ProviderError(f"the provider gave no token ({failed})") from failed
        if not isinstance(told.get("id_token"), str):
            raise ProviderError("the provider gave no id_token")
        return str(told["id_token"])

    def _claims(self, about: Mapping[str, Any], id_token: str, nonce: str) -> dict[str, Any]:
        """What the token says, once signature, issuer, audience, time and nonce are right (OpenID Connect Core 3.1.3.7)."""
        claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            keys = KeySet.import_key_set(self._fetch(about["jwks_uri"]))  # type: ignore[arg-type]
            token = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS))
            claims.validate(token.claims)
        except (JoseError, ValueError) as wrong:
            raise ProviderError(f"the provider's token cannot be believed ({wrong})") from wrong
        if token.claims.get("azp", self._settings.client_id) != self._settings.client_id:
            raise ProviderError("the provider's token is for somebody else")
        return dict(token.claims)

    def _known(self, claims: Mapping[str, Any]) -> Known:
        user, said = claims.get(self._settings.user_claim), claims.get(self._settings.role_claim, [])
        if not isinstance(user, str):
            raise ProviderError(f"the provider does not say {self._settings.user_claim}")
        values = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        for role in self._settings.roles:
            if role.value in values:
                return Known(user, role)
        raise NoRoleError(f"{user} has no role here", remedy=f"Name a value of {self._settings.role_claim} in oidc.roles.")

    def _discovered(self) -> dict[str, Any]:
        """What the provider says of itself, asked once an hour."""
        known = self._about
        if known is not None and time.monotonic() - known[0] < _KNOWN_S:
            return known[1]
        about = self._fetch(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self._settings.issuer:
            raise ProviderError(f"the provider calls itself {about.get('issuer')!r}", where="oidc.issuer")
        missing = [
            name for name in ("authorization_endpoint", "token_endpoint", "jwks_uri") if not isinstance(about.get(name), str)
        ]
        if missing:
            raise ProviderError(f"the provider does not say its {missing[0]}")
        self._about = (time.monotonic(), about)
        return about

    def _fetch(self, address: str) -> dict[str, Any]:
        try:
            answer = self._session().get(address, withhold_token=True, timeout=PATIENCE_S, allow_redirects=False)
            answer.raise_for_status()
            said = answer.json()
        except (RequestException, ValueError) as failed:
            raise ProviderError(f"the provider cannot be asked ({failed})", where="oidc.issuer") from failed
        if not isinstance(said, dict):
            raise ProviderError("the provider's answer cannot be read", where="oidc.issuer")
        return said

    def _session(self) -> Any:
        return OAuth2Session(
            self._settings.client_id,
            self._secret,
            scope=SCOPE,
            redirect_uri=self._settings.redirect_url,
            code_challenge_method="S256",
        )


def _read_secret(settings: OidcSettings) -> str:
    try:
        return settings.client_secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        where = f"oidc.client_secret_file = {str(settings.client_secret_file)!r}"
        raise SettingsError(f"the provider's secret cannot be read ({unreadable})", where=where) from unreadable
