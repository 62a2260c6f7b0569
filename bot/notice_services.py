"""To which services a colleague may have notices sent: a fixed list (docs/decisions/0016).

Whoever may fill in an address makes this server send there. So the address names a service of
which the host is known, or a host that whoever keeps the server allowed; never a free host, a
file, a command, or options, with which apprise would read files or look elsewhere.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import apprise

from aftercare.service import N_, Refused

LONGEST = 500
_SECONDS = 8.0

KNOWN = {
    "tgram": "Telegram",
    "workflow": "Teams",
    "workflows": "Teams",
    "slack": "Slack",
    "gchat": "Google Chat",
    "wxteams": "Webex",
    "threema": "Threema",
    "pover": "Pushover",
}
"""These always lead to the provider's own host."""

OWN = {
    "signal": "Signal",
    "signals": "Signal",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "mmost": "Mattermost",
    "mmosts": "Mattermost",
    "nctalk": "Nextcloud Talk",
    "nctalks": "Nextcloud Talk",
}
"""These lead to a host of one's own, which must be in the setting NAZORG_NOTICE_HOSTS."""

_TEAMS_HOSTS = (".logic.azure.com", ".api.powerplatform.com")
_ASSET = apprise.AppriseAsset(http_redirects=False, secure_logging=True)


class Services:
    """The services of this installation. `hosts`: "host" or "host:port" of one's own. `public`: the
    providers' too; not in a trial, which reaches nobody outside."""

    def __init__(self, hosts: Collection[str], *, public: bool) -> None:
        self._hosts = frozenset(hosts)
        self._public = public

    def name_of(self, url: str) -> str:
        """The name of the service that `url` leads to. Raises `Refused`."""
        self._checked(url)
        scheme = urlsplit(url).scheme
        return KNOWN.get(scheme) or OWN[scheme]

    async def send(self, url: str, title: str, body: str) -> bool:
        """Whether the service took it. An address that is allowed no more is not sent to."""
        try:
            service = self._checked(url)
        except Refused:
            return False
        post = apprise.Apprise(asset=_ASSET)
        post.add(service)  # not the text, which may be taken for several addresses
        went = await post.async_notify(
            title=title, body=body, body_format=apprise.NotifyFormat.TEXT
        )
        return bool(went)

    def _checked(self, url: str) -> Any:
        try:
            parts = urlsplit(url)
            port = (
                parts.port if parts.scheme in OWN or parts.scheme.startswith("workflow") else None
            )
        except ValueError:
            raise Refused(_WRONG, "url") from None
        if (
            len(url) > LONGEST
            or not url.isascii()
            or not url.isprintable()
            or " " in url
            or url.count("://") != 1
        ):
            raise Refused(_WRONG, "url")
        if "?" in url or "#" in url or (parts.scheme in OWN and "%" in url):
            raise Refused(N_("Leave out what follows a question mark in the address."), "url")
        if parts.scheme not in OWN and not (self._public and parts.scheme in KNOWN):
            raise Refused(
                N_("This service cannot be used here. Choose one of: {choices}."),
                "url",
                choices=", ".join(
                    sorted({*OWN.values(), *(KNOWN.values() if self._public else ())})
                ),
            )
        made: Any = apprise.Apprise.instantiate(url, asset=_ASSET)
        if made is None:
            raise Refused(_WRONG, "url")
        host = str(parts.hostname or "")
        if parts.scheme in OWN:
            where = f"{host}:{port}" if port else host
            if where not in self._hosts or str(made.host).casefold() != host:
                raise Refused(
                    N_("This host may not be used. Ask whoever keeps the server to allow it."),
                    "url",
                )
        elif parts.scheme.startswith("workflow") and (
            not host.endswith(_TEAMS_HOSTS) or port not in (None, 443)
        ):
            raise Refused(
                N_("This is not an address of Teams. Copy it from the workflow in Teams."), "url"
            )
        return made


NO_SERVICES = Services((), public=False)
"""Mail only."""

_WRONG = N_("This address is not right. Look at the example for your service.")
