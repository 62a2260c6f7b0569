"""QR codes as drawings, and the link with which a client opens the bot in Telegram."""

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
    return TelegramLink(url, drawing(url))


def drawing(text: str) -> Markup:
    """The QR code of `text`, which is ours, as an SVG without styles or scripts."""
    svg = segno.make(text, error="m", micro=False).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="nazorg-qr__drawing", lineclass=None
    )
    return Markup(svg)  # noqa: S704 - drawn by us from a text of ours
