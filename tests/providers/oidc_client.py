"""Who comes to the OpenID provider: a registered service, and the codes that it was given."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from authlib.oauth2.rfc6749 import ClientMixin
from joserfc.jwk import RSAKey

SECRET_METHODS = ("client_secret_basic", "client_secret_post")


@dataclass
class Client(ClientMixin):
    """A service that is registered with the provider: with a secret, or with its public key."""

    client_id: str
    redirect_uri: str
    after_logout: str
    secret: str = ""
    public_key: RSAKey | None = None
    methods: tuple[str, ...] = SECRET_METHODS

    def get_client_id(self) -> str:
        """Asked by Authlib, as are those below."""
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in scope.split() if one in ("openid", "email", "groups"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return bool(self.secret) and secrets.compare_digest(self.secret, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in (("private_key_jwt",) if self.public_key else self.methods)

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    """A code that was given out, with what must fit when it comes back."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    user: Mapping[str, Any]
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    expires: float = field(default_factory=lambda: time.time() + 60)

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None
