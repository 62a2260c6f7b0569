"""The settings for signing in through the organisation's own OpenID provider."""

from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings

from conversations.words import Role
from staff.provider_settings import ProviderSettings, import_client_key


class OidcSettings(BaseSettings):
    """What an installation is told about its provider. Without an issuer there is none."""

    oidc_issuer: str = Field("", description="address of the OpenID provider, as it writes it")
    oidc_client_id: str = Field("", description="by what the provider knows this service")
    oidc_client_secret: str = Field("", repr=False, description="secret of the client")
    oidc_client_key_file: Path | None = Field(
        None, description="private key (PEM) for private_key_jwt, instead of a secret"
    )
    oidc_scope: str = Field("openid email", description="what is asked of the provider")
    oidc_claim: str = Field("email", description="claim that holds the colleague's e-mail address")
    oidc_role_claim: str = Field("", description="claim that holds groups or roles")
    oidc_roles: str = Field("", description="GROUP=ROLE, parted by commas; the first that fits")
    oidc_acr: str = Field("", description="levels of assurance of which one is demanded")
    oidc_amr: str = Field("", description="ways of signing in that are all demanded, as mfa")
    oidc_button: str = Field("", description="text of the button to sign in")
    oidc_only: bool = Field(False, description="nobody signs in by password")

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        if value and not here and not (parts.scheme == "https" and parts.hostname):
            raise ValueError("must be an address that begins with https://")
        return value

    @field_validator("oidc_roles")
    @classmethod
    def _roles(cls, value: str) -> str:
        for part in filter(None, map(str.strip, value.split(","))):
            group, equals, role = part.rpartition("=")
            if not group or not equals or role not in list(Role):
                raise ValueError(
                    f"must be GROUP=ROLE, parted by commas; a role is one of {', '.join(Role)}"
                )
        return value

    @field_validator("oidc_client_key_file")
    @classmethod
    def _key(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                import_client_key(value.read_text())
            except OSError as error:
                raise ValueError(f"{value} cannot be read: {error.strerror}") from None
            except ValueError as error:
                raise ValueError(f"{value} {error}") from None
        return value

    @model_validator(mode="after")
    def _oidc_together(self) -> "OidcSettings":
        if not self.oidc_issuer:
            if self.oidc_client_id or self.oidc_only:
                raise ValueError("NAZORG_OIDC_CLIENT_ID and _ONLY need NAZORG_OIDC_ISSUER")
            return self
        if not self.oidc_client_id:
            raise ValueError("NAZORG_OIDC_ISSUER needs NAZORG_OIDC_CLIENT_ID")
        if bool(self.oidc_client_secret) == (self.oidc_client_key_file is not None):
            raise ValueError(
                "NAZORG_OIDC_ISSUER needs NAZORG_OIDC_CLIENT_KEY_FILE or "
                "NAZORG_OIDC_CLIENT_SECRET, one of the two"
            )
        if bool(self.oidc_role_claim) != bool(self.oidc_roles):
            raise ValueError("NAZORG_OIDC_ROLE_CLAIM and NAZORG_OIDC_ROLES go together")
        if "openid" not in self.oidc_scope.split():
            raise ValueError("NAZORG_OIDC_SCOPE must hold openid")
        return self

    @cached_property
    def provider(self) -> ProviderSettings | None:
        """The provider, or None when there is none."""
        if not self.oidc_issuer:
            return None
        file = self.oidc_client_key_file
        pairs = (
            part.strip().rpartition("=") for part in self.oidc_roles.split(",") if part.strip()
        )
        return ProviderSettings(
            issuer=self.oidc_issuer,
            client_id=self.oidc_client_id,
            client_secret=self.oidc_client_secret,
            client_key=file.read_text() if file else "",
            scope=self.oidc_scope,
            claim=self.oidc_claim,
            role_claim=self.oidc_role_claim,
            roles={group: Role(role) for group, _, role in pairs},
            acr=tuple(self.oidc_acr.replace(",", " ").split()),
            amr=tuple(self.oidc_amr.replace(",", " ").split()),
            button=self.oidc_button,
            only=self.oidc_only,
        )
