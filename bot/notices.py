"""Notices to staff, by mail through apprise. They say that there is something, never what.

No name, no number, no topic, no word of a client: only how soon, and a link behind which one has
to sign in (rule 9).
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import apprise
import structlog

import locales
from aftercare.service import N_, Service
from bot.notice_services import NO_SERVICES, Services
from conversations.words import NoticeKind
from storage.notices import Letter, claim_notices, settle_notice, spread

log = structlog.get_logger()

BATCH = 20

_SENDER = "Nazorg<nazorg@localhost>"
"""Who a notice is from when the setting does not say."""

_SUBJECT = {
    NoticeKind.HELP_ASKED: N_("Aftercare: a call for help"),
    NoticeKind.URGENT_HELP_ASKED: N_("Aftercare: an urgent call for help"),
    NoticeKind.DANGER: N_("Aftercare: somebody may be in danger"),
    NoticeKind.OVERDUE: N_("Aftercare: a call for help is waiting too long"),
    NoticeKind.NOT_CLOSED: N_("Aftercare: how did a call for help end?"),
    NoticeKind.JOB_LOST: N_("Aftercare: a participant has lost the job"),
    NoticeKind.INVITATION_LAPSED: N_("Aftercare: an invitation was not answered"),
    NoticeKind.CHANNEL_STOPPED: N_("Aftercare: a participant cannot be reached"),
    NoticeKind.WROTE_AFTER_END: N_("Aftercare: a message that a person must read"),
    NoticeKind.QUIET: N_("Aftercare: a participant has become quiet"),
    NoticeKind.NOT_HELPED: N_("Aftercare: a participant says that it did not help"),
    NoticeKind.EXIT_PREMIUM: N_("Aftercare: half a year at work"),
    NoticeKind.HELD: N_("Aftercare: routine messages stand still"),
    NoticeKind.EMERGENCY_READ: N_("Aftercare: somebody read along in an emergency"),
    NoticeKind.HANDED_OVER: N_("Aftercare: a call for help was handed over"),
    NoticeKind.GIVEN_BACK: N_("Aftercare: a call for help is the team's again"),
    NoticeKind.ANSWERED: N_("Aftercare: a participant has answered you"),
}
_WHAT = {
    NoticeKind.HELP_ASKED: N_("There is a call for help in the queue of {desk}."),
    NoticeKind.URGENT_HELP_ASKED: N_("There is an urgent call for help in the queue of {desk}."),
    NoticeKind.DANGER: N_(
        "A call for help in the queue of {desk} speaks of danger. Take it now; this notice is "
        "repeated every 15 minutes until somebody does."
    ),
    NoticeKind.OVERDUE: N_(
        "The deadline of a call for help in the queue of {desk} has passed. Somebody was "
        "promised to be contacted."
    ),
    NoticeKind.NOT_CLOSED: N_(
        "In the queue of {desk} stands a call for help that was contacted two weeks ago and not "
        "closed. Please write down how it ended."
    ),
    NoticeKind.JOB_LOST: N_(
        "A participant of {desk} does not work any more. The work coach has been asked to help. "
        "This is for your information."
    ),
    NoticeKind.INVITATION_LAPSED: N_(
        "A participant of {desk} did not answer the invitation and the reminder. Nothing more "
        "will be sent."
    ),
    NoticeKind.CHANNEL_STOPPED: N_(
        "Messages to a participant of {desk} do not arrive any more. Ask for another number."
    ),
    NoticeKind.WROTE_AFTER_END: N_(
        "A participant of {desk} wrote something that the bot may not answer. Please read it."
    ),
    NoticeKind.QUIET: N_(
        "A participant of {desk} did not answer two check-ins in a row. Perhaps call once, to ask "
        "how it is going."
    ),
    NoticeKind.NOT_HELPED: N_(
        "After a contact of {desk} a participant says that it did not help. The call for help is "
        "open again. Please see that it is taken up."
    ),
    NoticeKind.EXIT_PREMIUM: N_(
        "A participant of {desk} says to have worked for half a year. Please look whether there is "
        "a right to the exit premium. Nothing was promised."
    ),
    NoticeKind.HELD: N_(
        "To a participant of {desk} nothing is sent by itself, since danger was reported. Release "
        "the track when that is right."
    ),
    NoticeKind.EMERGENCY_READ: N_(
        "A colleague of the other organisation opened a conversation with words for {desk}, in an "
        "emergency and with a reason. Please look at it and mark it as seen."
    ),
    NoticeKind.HANDED_OVER: N_(
        "A colleague has handed over a call for help to you, in the queue of {desk}. The person "
        "has been told."
    ),
    NoticeKind.GIVEN_BACK: N_(
        "A colleague cannot go on with a call for help. It waits again in the queue of {desk}."
    ),
    NoticeKind.ANSWERED: N_(
        "A participant has answered the message that you sent about a call for help of {desk}."
    ),
}
_WITH_DEADLINE = frozenset(
    {
        NoticeKind.HELP_ASKED,
        NoticeKind.URGENT_HELP_ASKED,
        NoticeKind.DANGER,
        NoticeKind.NOT_HELPED,
        NoticeKind.HANDED_OVER,
        NoticeKind.GIVEN_BACK,
    }
)
_BY = N_("Contact before: {moment}")
_OPEN = N_("Open: {link}")
_DIGEST = N_("Aftercare: {count} notices")
_MORE = N_("{what} ({desk}): {count}")
_TEST = N_("Aftercare: a test")
_WORKS = N_("Notices of aftercare arrive here.")


@dataclass(frozen=True)
class Mail:
    """A notice in words."""

    to: str
    subject: str
    body: str


def write(letter: Letter, public_url: str, language: str = locales.HOUSE) -> Mail:
    """The mail for `letter`, with a link into the console."""
    say = locales.translations(language, locales.CONSOLE).gettext
    page = f"/hulpvragen/{letter.escalation}" if letter.escalation else _page_of(letter.kind)
    lines = [say(_WHAT[letter.kind]).format(desk=letter.desk)]
    if letter.deadline and letter.kind in _WITH_DEADLINE:
        moment = locales.say_moment(letter.deadline, letter.zone, language)
        lines.append(say(_BY).format(moment=moment))
    lines.append(say(_OPEN).format(link=f"{public_url}{page}"))
    return Mail(letter.email, say(_SUBJECT[letter.kind]), "\n\n".join(lines))


def _page_of(kind: NoticeKind) -> str:
    """Where a notice leads that is not about a call for help."""
    return "/noodinzage" if kind is NoticeKind.EMERGENCY_READ else "/deelnemers"


def write_digest(letters: Sequence[Letter], public_url: str, language: str = locales.HOUSE) -> Mail:
    """The mail for all that one colleague is told of a day: how many of what, at which desk."""
    if len(letters) == 1:
        return write(letters[0], public_url, language)
    say = locales.translations(language, locales.CONSOLE).gettext
    counts = Counter((letter.kind, letter.desk) for letter in letters)
    lines = [
        say(_MORE).format(what=say(_SUBJECT[kind]), desk=desk, count=count)
        for (kind, desk), count in counts.items()
    ]
    lines.append(say(_OPEN).format(link=f"{public_url}/werkvoorraad"))
    subject = say(_DIGEST).format(count=len(letters))
    return Mail(letters[0].email, subject, "\n\n".join(lines))


class Mailer:
    """Mails what waits, and writes to the services that colleagues chose. Without a mail address,
    notices to desks stay in the queue and in the console."""

    def __init__(
        self,
        service: Service,
        mail_url: str,
        public_url: str,
        services: Services = NO_SERVICES,
    ) -> None:
        self._service = service
        self._mail_url = mail_url
        self._public_url = public_url
        self._services = services
        self._running = asyncio.Lock()

    async def run(self) -> int:
        """Send all notices whose time has come. Returns how many went out."""
        sent = 0
        database, by_mail = self._service.database, bool(self._mail_url)
        async with self._running:
            await spread(database, self._service.now())
            while letters := await claim_notices(
                database, self._service.now(), BATCH, by_mail=by_mail
            ):
                # A service that hangs holds up neither the mail nor another service.
                apart = [one for one in _together(letters) if one[0].service]
                mailed = [one for one in _together(letters) if not one[0].service]
                sent += sum(
                    await asyncio.gather(
                        self._in_turn(mailed), *(self._in_turn([one]) for one in apart)
                    )
                )
        return sent

    async def test_mail(self, to: str) -> bool:
        """Whether the mail host takes a test mail to `to`."""
        return await post(self._mail_url, self._test(to))

    async def test_service(self, url: str) -> bool:
        """Whether a colleague's service takes a test notice."""
        mail = self._test("")
        return await self._services.send(url, mail.subject, mail.body)

    async def _in_turn(self, groups: Sequence[Sequence[Letter]]) -> int:
        sent = 0
        for letters in groups:
            mail = write_digest(letters, self._public_url)
            service = letters[0].service
            if service:
                went = await self._services.send(service, mail.subject, mail.body)
                if not went:
                    log.warning("notice not taken by a service")
            else:
                went = await post(self._mail_url, mail)
            for letter in letters:
                now = self._service.now()
                await settle_notice(self._service.database, letter, now, sent=went)
                sent += went
        return sent

    def _test(self, to: str) -> Mail:
        say = locales.translations(locales.HOUSE, locales.CONSOLE).gettext
        link = say(_OPEN).format(link=self._public_url)
        return Mail(to, say(_TEST), f"{say(_WORKS)}\n\n{link}")


async def post(mail_url: str, mail: Mail) -> bool:
    """Mail it through the host of the setting; whether the host took it."""
    letterbox = apprise.Apprise()
    if not letterbox.add(addressed(mail_url, mail.to)):
        log.error("mail address refused", setting="NAZORG_MAIL_URL")
        return False
    went = await letterbox.async_notify(
        title=mail.subject, body=mail.body, body_format=apprise.NotifyFormat.TEXT
    )
    if not went:
        log.warning("notice not mailed")
    return bool(went)


def _together(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Each letter alone, but those of one digest together, in their order."""
    groups: dict[object, list[Letter]] = {}
    for letter in letters:
        groups.setdefault(letter.digest or f"letter {letter.id}", []).append(letter)
    return list(groups.values())


def addressed(mail_url: str, to: str) -> str:
    """The apprise address of one desk: the setting's server, with another receiver."""
    parts = urlsplit(mail_url)
    query = dict(parse_qsl(parts.query)) | {"to": to, "format": "text"}
    if not parts.username:
        query.setdefault("from", _SENDER)
    return urlunsplit(parts._replace(query=urlencode(query)))
