"""The organisation's own OpenID provider, after the NL GOV assurance profile.

Code flow only, PKCE with S256, a nonce, an exact redirect address; we make ourselves known with a
secret or, better, a signed statement (`private_key_jwt`). Authlib does the protocol, joserfc the
signatures; what a token must say stands here. Nothing that a provider says is logged but an error's
name.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from aftercare.service import N_, Refused
from staff.provider_settings import ProviderSettings, import_client_key

log = structlog.get_logger()

ALGORITHMS = ["PS256", "RS256", "ES256", "PS384", "RS384", "ES384", "PS512", "RS512", "ES512"]
"""With what a token may be signed: never nothing, never a secret that we share."""

_WITHIN_SECONDS = 10
_LEEWAY_SECONDS = 60
_KNOWN_FOR = timedelta(hours=1)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Leaving:
    """A sign-in that begins: where the browser goes, and what must come back."""

    url: str
    state: str
    nonce: str
    verifier: str


class ProviderSilent(Refused):
    """The provider does not answer, or not as a provider does."""


class NotTrusted(Refused):
    """What came back must not sign anybody in; `why` is for the log."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            N_(
                "The answer of your organisation's sign-in service could not be trusted. Begin "
                "again. If it goes wrong once more, tell your administrator."
            )
        )


class Provider:
    """One provider, with what it publishes about itself."""

    def __init__(self, settings: ProviderSettings, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self._now = now
        self._metadata: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: KeySet | None = None

    async def try_out(self) -> int:
        """Ask what the provider publishes. Returns how many keys it signs with; raises
        `NotTrusted` and `ProviderSilent`."""
        async with self._client("") as client:
            return len((await self._published(client, await self._about(client))).keys)

    async def leave(self, redirect_uri: str) -> Leaving:
        """Begin to sign in. Raises `ProviderSilent`."""
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        verifier = secrets.token_urlsafe(48)
        async with self._client(redirect_uri) as client:
            metadata = await self._about(client)
            more = {"acr_values": " ".join(self.settings.acr)} if self.settings.acr else {}
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **more,
            )
        return Leaving(url, state, nonce, verifier)

    async def claims(
        self, redirect_uri: str, code: str, nonce: str, verifier: str, issuer: str
    ) -> Mapping[str, Any]:
        """What the provider says of who came back with `code`; `issuer` is who says to have sent
        them, if anybody (RFC 9207). Raises `NotTrusted` and `ProviderSilent`."""
        if issuer and issuer != self.settings.issuer:
            raise NotTrusted("iss of the answer")
        async with self._client(redirect_uri) as client:
            metadata = await self._about(client)
            if "client_secret_basic" not in metadata.get(
                "token_endpoint_auth_methods_supported", ["client_secret_basic"]
            ) and (self.settings.client_secret):
                client.token_endpoint_auth_method = "client_secret_post"  # noqa: S105
            token = await client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                redirect_uri=redirect_uri,
                code_verifier=verifier,
            )
            said = await self._checked(client, metadata, token, nonce)
            wanted = {self.settings.claim, self.settings.role_claim} - {""}
            if any(find(said, name) is None for name in wanted) and "userinfo_endpoint" in metadata:
                address = metadata["userinfo_endpoint"]
                more = await self._get(client, address, open_to_all=False)
                if more.get("sub") != said["sub"]:
                    raise NotTrusted("sub of the userinfo")
                said = {**more, **said}
        return said

    async def end_session_url(self, back_to: str) -> str | None:
        """Where the browser also signs out at the provider, if it can. It is not told who: that
        would put a name into an address."""
        try:
            async with self._client(back_to) as client:
                endpoint = (await self._about(client)).get("end_session_endpoint")
        except Refused:
            return None
        if not endpoint:
            return None
        query = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back_to}
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    @asynccontextmanager
    async def _client(self, redirect_uri: str) -> AsyncIterator[Any]:
        """A client for one conversation; whatever breaks in it is one of our two refusals."""
        ours = self.settings
        key = import_client_key(ours.client_key) if ours.client_key else None
        client = AsyncOAuth2Client(
            ours.client_id,
            key or ours.client_secret,
            token_endpoint_auth_method=PrivateKeyJWT.name if key else None,
            scope=ours.scope,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=_WITHIN_SECONDS / 2,
        )
        client.register_client_auth_method(
            PrivateKeyJWT(alg="ES256" if isinstance(key, ECKey) else "RS256")
        )
        try:
            async with asyncio.timeout(_WITHIN_SECONDS), client:
                yield client
        except OAuthError as error:
            raise NotTrusted(f"refused: {error.error}") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise _silent(error) from None
        except JoseError as error:
            raise NotTrusted(f"{error.error} {getattr(error, 'claim', '')}".strip()) from None
        except ValueError as error:  # what should be JSON, an address or a key is none
            raise _silent(error) from None

    async def _about(self, client: Any) -> Mapping[str, Any]:
        """What the provider publishes about itself."""
        now = self._now()
        if self._metadata is None or now - self._metadata[0] > _KNOWN_FOR:
            address = self.settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
            found = await self._get(client, address)
            if found.get("issuer") != self.settings.issuer:
                raise NotTrusted("issuer of the metadata")
            if not all(isinstance(found.get(name), str) for name in _ENDPOINTS):
                raise ValueError("endpoints are missing")
            self._metadata, self._keys = (now, found), None
        return self._metadata[1]

    async def _checked(
        self, client: Any, metadata: Mapping[str, Any], token: Mapping[str, Any], nonce: str
    ) -> dict[str, Any]:
        """The claims of the ID token, if it is for us, of now and for this very sign-in."""
        ours = self.settings
        if "id_token" not in token:
            raise NotTrusted("no id_token")
        decoded = await self._decoded(client, metadata, token["id_token"])
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": ours.issuer},
                "aud": {"essential": True, "value": ours.client_id},
                "sub": {"essential": True},
            },
            params={
                "nonce": nonce,
                "client_id": ours.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(self._now().timestamp()), leeway=_LEEWAY_SECONDS)
        if ours.acr and claims.get("acr") not in ours.acr:
            raise NotTrusted("acr")
        if not all(one in (claims.get("amr") or ()) for one in ours.amr):
            raise NotTrusted("amr")
        if not isinstance(claims["sub"], str):
            raise NotTrusted("sub")
        return dict(claims)

    async def _decoded(self, client: Any, metadata: Mapping[str, Any], id_token: str) -> jwt.Token:
        """The token, if the provider signed it. Its keys are asked for anew when none fits: they
        change."""
        if self._keys is not None:
            try:
                return jwt.decode(id_token, self._keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                self._keys = None
        self._keys = await self._published(client, metadata)
        return jwt.decode(id_token, self._keys, algorithms=ALGORITHMS)

    async def _published(self, client: Any, metadata: Mapping[str, Any]) -> KeySet:
        published = await self._get(client, metadata["jwks_uri"])
        if not isinstance(published.get("keys"), list):
            raise ValueError("not a list of keys")
        return KeySet.import_key_set({"keys": published["keys"]})

    async def _get(self, client: Any, address: str, *, open_to_all: bool = True) -> dict[str, Any]:
        answer = await client.request("GET", address, withhold_token=open_to_all)
        found = answer.raise_for_status().json()
        if not isinstance(found, dict):
            raise ValueError("not a JSON object")
        return found


def find(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by its path as "realm_access.roles"; None when it is not there."""
    if name in claims:
        return claims[name]
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _silent(error: Exception) -> ProviderSilent:
    log.warning("openid provider does not answer", error=type(error).__name__)
    return ProviderSilent(
        N_("Your organisation's sign-in service does not answer. Try again in a few minutes.")
    )
