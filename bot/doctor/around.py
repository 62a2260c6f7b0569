"""Our own service: does it run here, and is it reached from outside?"""

import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

import httpx

from bot.backup import sqlite
from bot.doctor.finding import Finding, attention, ok, wrong
from bot.doctor.outside import TIMEOUT, Skews
from bot.settings import Settings

_SKEW, _FAR_OFF = timedelta(seconds=30), timedelta(minutes=5)


async def service(settings: Settings, port: int) -> Finding:
    """Whether a nazorg answers on this machine, and its ticks are alive."""
    where = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as http:
            answer = await http.get(f"{where}/readyz")
            told = answer.json()
            ticks = told["ticks"]
    except httpx.HTTPError:
        if sqlite.is_served(settings.data_dir):
            return attention(
                "service",
                f"one runs on this data folder, but not at {where}",
                "Say at which port: nazorg doctor --port PORT",
            )
        return attention(
            "service",
            f"none runs at {where}",
            "Start it: nazorg serve. If it runs elsewhere, give --port PORT.",
        )
    except (ValueError, KeyError, TypeError):
        return wrong(
            "service", f"at {where} is no nazorg, or it cannot reach its database", "See its log."
        )
    if answer.status_code != 200:
        dead = ", ".join(ticks["dead"]) if isinstance(ticks, dict) else "some"
        return wrong(
            "service",
            f"at {where} these ticks are dead: {dead}",
            "See its log for `tick failed`.",
        )
    return ok("service", f"at {where}, ticks alive")


async def public_address(settings: Settings) -> list[Finding]:
    """Whether the public address leads here, through an honest proxy."""
    url = settings.public_url
    if not url:
        if settings.has_twilio or settings.mail_url:
            return [
                wrong(
                    "public address",
                    "NAZORG_PUBLIC_URL is not set",
                    "Twilio cannot call us, and links in mails to staff lead nowhere. Set it.",
                )
            ]
        return [attention("public address", "not set", "Colleagues can sign in here only.")]
    if _is_near(url):
        return [
            attention(
                "public address",
                f"{url} is this machine itself",
                "Nobody else reaches it. Set NAZORG_PUBLIC_URL to the address of the proxy.",
            )
        ]
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            answer = await http.get(f"{url}/healthz")
            leads_here = answer.status_code == 200 and answer.json() == {"alive": True}
            metrics = await http.get(f"{url}/metrics")
    except (httpx.HTTPError, ValueError) as error:
        return [
            wrong(
                "public address",
                f"{url} cannot be reached from here ({type(error).__name__})",
                "Are its name, certificate and proxy right, and does nazorg run?",
            )
        ]
    if not leads_here:
        found = f"{url} answers, but it is not nazorg ({answer.status_code})"
        return [wrong("public address", found, "Let the proxy pass everything on to nazorg.")]
    if url.startswith("https://"):
        address = ok("public address", f"{url} leads here")
    else:
        address = wrong(
            "public address",
            f"{url} is not encrypted",
            "Put a proxy with a certificate in front; see docs/operations.md.",
        )
    if metrics.status_code != 200:
        return [address, ok("proxy", "says for whom it asks")]
    return [
        address,
        wrong(
            "proxy",
            "it does not say for whom it asks",
            "Let it set X-Forwarded-For: else wrong passwords of one lock out everybody, and "
            "/metrics is open to all. docs/operations.md has examples.",
        ),
    ]


def clock(skews: Skews) -> Finding:
    """Our clock beside those that were heard on the way."""
    if not skews:
        return ok("clock", "nobody to compare it with")
    who, skew = max(skews.items(), key=lambda one: abs(one[1]))
    found = f"{abs(skew).total_seconds():.0f} seconds from that of {who}"
    do = "Let the machine keep its time: timedatectl set-ntp true"
    if abs(skew) > _FAR_OFF:
        return wrong("clock", found, do)
    return attention("clock", found, do) if abs(skew) > _SKEW else ok("clock", found)


def _is_near(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
