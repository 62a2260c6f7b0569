"""Mails the links with which colleagues choose a password."""

from collections.abc import Awaitable, Callable

import locales
from aftercare.service import N_
from bot.notices import Mail, post
from staff.links import Link

_SUBJECT = {
    True: N_("Aftercare: your account"),
    False: N_("Aftercare: choose a new password"),
}
_WHAT = {
    True: N_(
        "Hello {name},\n\nThere is an account for you in the console of aftercare. With this link "
        "you choose a password, and then set up your phone for signing in:"
    ),
    False: N_(
        "Hello {name},\n\nSomebody asked for a new password for your account. With this link you "
        "choose one:"
    ),
}
_UNTIL = N_("The link works once, until {moment}. Give it to nobody.")
_NOT_YOU = N_("You did not ask for it? Then do nothing. Your password stays as it is.")


def mail_links(mail_url: str, public_url: str) -> Callable[[Link], Awaitable[bool]]:
    """What mails a link to its colleague, by the mail host of the settings."""

    async def send(link: Link) -> bool:
        return await post(mail_url, write(link, public_url))

    return send


def write(link: Link, public_url: str, language: str = locales.HOUSE) -> Mail:
    """The mail with `link`."""
    say = locales.translations(language, locales.CONSOLE).gettext
    moment = locales.say_moment(link.expires_at, "Europe/Amsterdam", language)
    lines = [
        say(_WHAT[link.invites]).format(name=link.staff_member.name),
        f"{public_url}{link.path}",
        say(_UNTIL).format(moment=moment),
        *([] if link.invites else [say(_NOT_YOU)]),
    ]
    return Mail(link.staff_member.email, say(_SUBJECT[link.invites]), "\n\n".join(lines))
