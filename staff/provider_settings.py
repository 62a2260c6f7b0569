"""What an installation is told about its OpenID provider.

Apart from `staff.provider`, so that a command on the command line need not load the protocol.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from conversations.words import Role


@dataclass(frozen=True)
class ProviderSettings:
    """What an installation is told about its provider; see `docs/settings.md`."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    client_key: str = field(default="", repr=False)
    scope: str = "openid email"
    claim: str = "email"
    role_claim: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()
    button: str = ""
    only: bool = False


def import_client_key(pem: str) -> RSAKey | ECKey:
    """The private key with which we make ourselves known. Raises `ValueError`."""
    for kind in (RSAKey, ECKey):
        try:
            key = kind.import_key(pem)
        except (JoseError, ValueError, TypeError):
            continue
        if key.is_private and (isinstance(key, RSAKey) or key.curve_name == "P-256"):
            return key
    raise ValueError("is not a private key (PEM) of RSA or of P-256")
