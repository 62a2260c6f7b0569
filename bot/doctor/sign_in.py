"""The organisation's own sign-in service, asked what it publishes about itself."""

from datetime import UTC, datetime

from bot.doctor.finding import Finding, attention, ok, wrong
from bot.settings import Settings
from staff.pages.organisation import BACK
from staff.provider import NotTrusted, Provider, ProviderSilent

_CHECK = "sign-in service"


async def look(settings: Settings) -> Finding:
    """Whether it answers under the name it was given, with keys. Nobody is signed in: whether it
    knows our name and key shows at the first colleague."""
    if settings.provider is None:
        return ok(_CHECK, "off: NAZORG_OIDC_ISSUER is not set")
    try:
        keys = await Provider(settings.provider, lambda: datetime.now(UTC)).try_out()
    except ProviderSilent:
        return wrong(
            _CHECK,
            "it does not answer as an OpenID provider does",
            "Does NAZORG_OIDC_ISSUER with /.well-known/openid-configuration behind it show JSON, "
            "from this machine, through the firewall too?",
        )
    except NotTrusted:
        return wrong(
            _CHECK,
            "it calls itself by another name",
            'NAZORG_OIDC_ISSUER must be, to the last sign, what its page calls "issuer".',
        )
    if not keys:
        return wrong(_CHECK, "it publishes no key", "Ask who manages it: nobody can sign in.")
    if not settings.public_url:
        return attention(
            _CHECK,
            f"it answers, with {keys} keys",
            "Set NAZORG_PUBLIC_URL: it must know the address to which it sends colleagues back.",
        )
    back = f"{settings.public_url}{BACK}"
    return ok(_CHECK, f"it answers, with {keys} keys; it must send colleagues back to {back}")
