"""The link with which a client opens the bot in Telegram, and its QR code as a drawing."""

from dataclasses import dataclass

import segno
from markupsafe import Markup


@dataclass(frozen=True)
class TelegramLink:
    """The address, and an SVG without styles or scripts of its own."""

    url: str
    svg: Markup


def telegram_link(name: str | None, token: str) -> TelegramLink | None:
    """The deep link of `token`; None while the bot's name is not known."""
    if name is None:
        return None
    url = f"https://t.me/{name.removeprefix('@')}?start={token}"
    drawing = segno.make(url, error="m", micro=False).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="nazorg-qr__drawing", lineclass=None
    )
    return TelegramLink(url, Markup(drawing))  # noqa: S704 - drawn by us from a token of ours
