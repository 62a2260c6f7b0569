"""The mail host: met as apprise would meet it, up to where a mail would begin."""

import smtplib
import socket
import ssl
from typing import Any

import apprise

from bot.doctor.finding import Finding, attention, ok, wrong
from bot.notices import addressed
from bot.settings import Settings

_SECONDS = 5.0
_NOBODY = "nobody@example.org"


def look(settings: Settings, mail_to: str) -> Finding:
    """Connect, greet, sign in; a mail only to `mail_to`, if given. Takes some seconds."""
    if not settings.mail_url:
        return attention(
            "mail",
            "off: NAZORG_MAIL_URL is not set",
            "Staff see calls for help in the console only. Set it, or see to it that somebody "
            "looks there several times a day.",
        )
    post: Any = apprise.Apprise.instantiate(addressed(settings.mail_url, mail_to or _NOBODY))
    if post is None:
        return wrong("mail", "NAZORG_MAIL_URL cannot be used", "See docs/settings.md")
    where = f"{post.smtp_host}:{post.port}"
    try:
        _greet(post)
    except smtplib.SMTPAuthenticationError:
        return wrong("mail", f"{where} refuses name and password", "Mend NAZORG_MAIL_URL.")
    except smtplib.SMTPNotSupportedError:
        return wrong(
            "mail",
            f"{where} offers no encryption or no sign-in",
            "Ask whoever keeps the mail host for the port and the way to sign in.",
        )
    except ssl.SSLError as error:
        return wrong("mail", f"{where}: {error.reason}", "Is it the right port and host name?")
    except (OSError, smtplib.SMTPException) as error:
        why = "does not answer" if isinstance(error, TimeoutError) else type(error).__name__
        if isinstance(error, socket.gaierror):
            why = "there is no such host"
        return wrong("mail", f"{where}: {why}", "Is the host right, and does the firewall let it?")
    if not mail_to:
        return ok("mail", f"{where} takes us; no mail was sent (--mail ADDRESS sends one)")
    if post.notify(title="Nazorg: test", body="This mail was sent by: nazorg doctor"):
        return ok("mail", f"{where} took a mail to {mail_to}")
    return wrong(
        "mail",
        f"{where} did not take a mail to {mail_to}",
        "May this account send as the address after from= in NAZORG_MAIL_URL?",
    )


def _greet(post: Any) -> None:
    context = ssl.create_default_context()
    if not post.verify_certificate:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if post.secure_mode == "ssl":
        host: smtplib.SMTP = smtplib.SMTP_SSL(
            post.smtp_host, post.port, timeout=_SECONDS, context=context
        )
    else:
        host = smtplib.SMTP(post.smtp_host, post.port, timeout=_SECONDS)
    with host:
        host.ehlo_or_helo_if_needed()
        if post.secure_mode == "starttls":
            host.starttls(context=context)
            host.ehlo_or_helo_if_needed()
        if post.user and post.password:
            host.login(post.user, post.password)
