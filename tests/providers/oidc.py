"""An OpenID provider, for signing in to the console.

Authlib's server does what a provider must refuse: a wrong secret or signature of the client, a
foreign redirect address, a missing or wrong PKCE verifier, a code that was used, a nonce that came
before. The person signs in at once: `person` is who that is, None for somebody who is turned away.
"""

import json
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749 import (
    AccessDeniedError,
    AuthorizationServer,
    OAuth2Error,
    OAuth2Payload,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc.jwk import KeySet, RSAKey
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from .oidc_client import SECRET_METHODS, Client, Code
from .server import HttpProvider, utc_now


class OidcServer(HttpProvider):
    """Use as `async with OidcServer() as provider`, and `register` a client."""

    name = "oidc"

    def __init__(self, *, now: Callable[[], datetime] = utc_now, port: int = 0) -> None:
        super().__init__(port=port, now=now)
        self.person: Mapping[str, Any] | None = None
        self.says: dict[str, Any] = {}
        """What the ID token says instead of the truth; None leaves a claim out."""
        self.only_in_userinfo = False
        self.clients: dict[str, Client] = {}
        self.codes: dict[str, Code] = {}
        self.nonces: set[str] = set()
        self.used: set[str] = set()
        """Names of the clients' signed statements that were seen."""
        self.tokens: dict[str, Mapping[str, Any]] = {}
        self.methods_seen: list[str] = []
        self.logged_out: list[dict[str, str]] = []
        self.has_end_session = True
        self.forger: RSAKey | None = None
        """Another's key, which signs under the name of the published one."""
        self.change_keys()
        self._server = _Server(self)

    @property
    def issuer(self) -> str:
        """By what it is known."""
        return f"http://127.0.0.1:{self.port}"

    def register(self, client: Client) -> None:
        """Take a service as a client."""
        self.clients[client.client_id] = client

    def change_keys(self) -> None:
        """Sign with a new key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    def routes(self) -> list[BaseRoute]:
        """The provider's addresses."""
        return [
            Route("/.well-known/openid-configuration", self._about),
            Route("/jwks", self._jwks),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._userinfo),
            Route("/end-session", self._end_session),
        ]

    async def _about(self, _request: Request) -> Response:
        methods = {one for client in self.clients.values() for one in client.methods}
        about = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [*sorted(methods), "private_key_jwt"],
        }
        if self.has_end_session:
            about["end_session_endpoint"] = f"{self.issuer}/end-session"
        return JSONResponse(about)

    async def _jwks(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def _authorize(self, request: Request) -> Response:
        asked = _Asked(request, dict(request.query_params))
        try:
            grant = self._server.get_consent_grant(asked, self.person)
        except OAuth2Error as error:
            return JSONResponse(dict(error.get_body()), 400)
        return self._server.create_authorization_response(asked, self.person, grant)

    async def _token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        return self._server.create_token_response(_Asked(request, form))

    async def _userinfo(self, request: Request) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return Response(status_code=401)
        return JSONResponse(self.tokens[token])

    async def _end_session(self, request: Request) -> Response:
        query = dict(request.query_params)
        client = self.clients[query["client_id"]]
        if query["post_logout_redirect_uri"] != client.after_logout:
            return Response(status_code=400)
        self.logged_out.append(query)
        return RedirectResponse(client.after_logout)


class _Payload(OAuth2Payload):
    def __init__(self, fields: dict[str, str]) -> None:
        self._fields = fields

    @property
    def data(self) -> dict[str, str]:
        return self._fields

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return defaultdict(list, {name: [value] for name, value in self._fields.items()})


class _Asked(OAuth2Request):
    """A request in Authlib's form. It lets nobody speak plain http, so that is what it is told."""

    def __init__(self, request: Request, fields: dict[str, str]) -> None:
        address = str(request.url.replace(scheme="https"))
        super().__init__(request.method, address, headers=request.headers)
        self.payload = _Payload(fields)
        self._fields = fields

    @property
    def form(self) -> dict[str, str]:
        return self._fields

    @property
    def args(self) -> dict[str, str]:
        return self._fields


class _Server(AuthorizationServer):
    """Authlib's server, with the provider's memory."""

    def __init__(self, provider: OidcServer) -> None:
        super().__init__(scopes_supported=["openid", "email", "groups"])
        self.provider = provider
        self.register_token_generator(
            "default", BearerTokenGenerator(lambda *_, **__: secrets.token_urlsafe(24))
        )
        self.register_client_auth_method("private_key_jwt", _Statement(provider))
        self.register_grant(_Grant, [_S256(required=True), _IdToken(provider)])

    def query_client(self, client_id: str) -> Client | None:
        return self.provider.clients.get(client_id)

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        self.provider.tokens[token["access_token"]] = request.user
        self.provider.methods_seen.append(request.auth_method)

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> Response:
        text = json.dumps(body) if isinstance(body, dict) else body
        return Response(text, status, dict(headers))

    def send_signal(self, name: str, *_args: Any, **_more: Any) -> None:
        """Nobody listens."""


class _Grant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = (*SECRET_METHODS, "private_key_jwt")

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        asked = request.payload.data
        self.server.provider.codes[code] = Code(
            code,
            request.client.client_id,
            request.payload.redirect_uri,
            request.scope,
            request.user,
            asked.get("nonce"),
            asked.get("code_challenge"),
            asked.get("code_challenge_method"),
        )
        self.server.provider.nonces.add(asked.get("nonce", ""))

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found: Code | None = self.server.provider.codes.get(code)
        if found is None or found.client_id != client.client_id or found.expires < time.time():
            return None
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.server.provider.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> Mapping[str, Any]:
        return authorization_code.user

    def create_authorization_response(self, redirect_uri: str, grant_user: Any) -> Any:
        if grant_user is None:
            raise AccessDeniedError(redirect_uri=redirect_uri)
        return super().create_authorization_response(redirect_uri, grant_user)


class _S256(CodeChallenge):
    """PKCE is a must here, and plain is not taken."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        if not grant.request.payload.data.get("code_challenge"):
            raise AccessDeniedError("PKCE is required", redirect_uri=redirect_uri)
        super().validate_code_challenge(grant, redirect_uri)


class _IdToken(OpenIDCode):
    def __init__(self, provider: OidcServer) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, _request: OAuth2Request) -> bool:
        return nonce in self.provider.nonces

    def resolve_client_private_key(self, _client: Client) -> RSAKey:
        return self.provider.forger or self.provider.key

    def get_encode_header(self, _client: Client) -> dict[str, str]:
        return {"alg": "RS256", "kid": str(self.provider.key.kid)}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        now = int(self.provider.now().timestamp())
        claims = {"iss": self.provider.issuer, "aud": [client.client_id]}
        return {**claims, "iat": now, "exp": now + 300, "auth_time": now}

    def generate_user_info(self, user: Mapping[str, Any], _scope: str) -> dict[str, Any]:
        """The last word on what the token says, so what it is to say wrongly is put in here."""
        told = {"sub": user["sub"]} if self.provider.only_in_userinfo else dict(user)
        return told | self.provider.says


class _Statement(JWTBearerClientAssertion):
    """The client's signed statement: for this address, and each once."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __init__(self, provider: OidcServer) -> None:
        super().__init__()
        self.provider = provider

    def get_audiences(self) -> list[str]:
        return [f"{self.provider.issuer}/token", self.provider.issuer]

    def resolve_client_public_key(self, client: Client) -> RSAKey:
        return client.public_key or RSAKey.generate_key(2048)

    def validate_jti(self, _claims: Any, jti: str) -> bool:
        fresh = jti not in self.provider.used
        self.provider.used.add(jti)
        return fresh
