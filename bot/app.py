"""The one place that wires all: settings -> database, clock, channels, ticks, console, web."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.routing import BaseRoute

import locales
from aftercare import erasing, speech
from aftercare.service import Service
from bot.channels import DeliveryError
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.house import House
from bot.links import mail_links
from bot.notice_services import Services
from bot.notices import Mailer
from bot.opening import AlreadyRunning, open_service
from bot.settings import Settings
from conversations.phrases import Phrase
from conversations.understanding import meaning
from conversations.words import Channel
from staff.app import console
from staff.live import Live
from staff.outside import Outside
from staff.provider import Provider
from staff.theme import read_theme
from storage import notices, outbox
from storage.database import POLLING
from storage.facts import TELEGRAM_NAME, recall, remember

log = structlog.get_logger()

_AGAIN_SECONDS = 5


class Part(StrEnum):
    """What a process does: answer the web, or work through what is due. `serve` does both."""

    WEB = "web"
    WORK = "work"


BOTH = frozenset(Part)


@asynccontextmanager
async def serving(
    settings: Settings, here: str, parts: frozenset[Part] = BOTH
) -> AsyncIterator[Starlette]:
    """The service, or one part of it, and its web application. `here` is the address it listens
    at, which is the public one when no other is set."""
    public_url = settings.public_url or here
    async with open_service(settings) as service, _alone(settings, service, parts):
        house = House(service)
        await house.keep_time()
        house.keep_for = erasing.MONTH * settings.keep_months
        house.telegram_name = await recall(service.database, TELEGRAM_NAME)
        telegram = _connect_telegram(settings, house)
        sms = _connect_sms(settings, house, public_url)
        outside = _connect_notices(settings, house, public_url)
        live = Live(service)
        routes: list[BaseRoute] = [*house.health_routes()]
        if Part.WEB in parts:
            routes += sms.routes() if sms else []
            if telegram and settings.telegram_mode == "webhook":
                routes.append(telegram.route())
            routes += console(
                service,
                public_url=public_url,
                secure=public_url.startswith("https://"),
                telegram_name=lambda: house.telegram_name,
                wake=house.wake,
                mail_link=mail_links(settings.mail_url, public_url) if settings.mail_url else None,
                provider=Provider(settings.provider, service.now) if settings.provider else None,
                live=live,
                outside=outside,
                theme=read_theme(settings.theme_file) if settings.theme_file else None,
            )
        talking = None
        learning = asyncio.create_task(_read_the_model())
        if Part.WORK in parts:
            house.start()
            talking = asyncio.create_task(_talk(telegram, settings, house)) if telegram else None
        try:
            web = Starlette(routes=routes)
            web.state.live = live
            yield web
        finally:
            live.close()
            await learning
            if talking:
                talking.cancel()
                with suppress(asyncio.CancelledError):
                    await talking
            await house.close()


async def _read_the_model() -> None:
    """Beside all else, so that nobody who writes has to wait for it."""
    if not await asyncio.to_thread(meaning.load):
        log.warning("own words are read by words alone", why=meaning.why_not())


def fixed(phrase: Phrase) -> str:
    """A fixed answer in the house's language, for somebody whose language we do not know."""
    return speech.phrase(phrase, locales.HOUSE)


def _connect_telegram(settings: Settings, house: House) -> Telegram | None:
    if not settings.telegram_token:
        log.info("channel off", channel="telegram", missing="NAZORG_TELEGRAM_TOKEN")
        return None
    telegram = Telegram(
        settings.telegram_token,
        settings.telegram_api_url,
        house.receive,
        fixed,
        secret=settings.telegram_secret,
    )
    house.connect(telegram)
    log.info("channel on", channel="telegram", mode=settings.telegram_mode)
    return telegram


def _connect_sms(settings: Settings, house: House, public_url: str) -> Sms | None:
    if not settings.has_twilio:
        log.info("channel off", channel="sms", missing="NAZORG_TWILIO_ACCOUNT_SID")
        return None
    sms = Sms(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        settings.twilio_sender,
        api_url=settings.twilio_api_url,
        public_url=public_url,
        receive=house.receive,
        render=fixed,
        report=house.report,
        now=house.service.now,
    )
    house.connect(sms)
    log.info("channel on", channel="sms", webhook=f"{public_url}/webhooks/twilio/message")
    return sms


def _connect_notices(settings: Settings, house: House, public_url: str) -> Outside:
    """Mail and the services of colleagues; what the console may ask of them and of the channels."""
    services = Services(settings.notice_host_names, public=settings.clock is None)
    mailer = Mailer(house.service, settings.mail_url, public_url, services)
    house.mail = mailer.run
    if not settings.mail_url:
        log.warning("notices are not mailed", missing="NAZORG_MAIL_URL")
    on = {Channel.TELEGRAM: bool(settings.telegram_token), Channel.SMS: settings.has_twilio}
    return Outside(
        channels=frozenset(channel for channel, is_on in on.items() if is_on),
        mail=mailer.test_mail if settings.mail_url else None,
        service_of=services.name_of,
        knock=mailer.test_service,
    )


async def _talk(telegram: Telegram, settings: Settings, house: House) -> None:
    """Introduce ourselves to Telegram, then listen; a network that is down is tried again. Of
    several workers one listens, and another takes over when it is gone."""
    while True:
        try:
            house.telegram_name = await telegram.user_name()
            await remember(house.service.database, TELEGRAM_NAME, house.telegram_name)
            if settings.telegram_mode == "webhook":
                await telegram.set_webhook(settings.public_url)
                return
            await _listen(telegram, house)
        except DeliveryError as error:
            log.warning("telegram does not answer", error=error.code)
            await asyncio.sleep(max(_AGAIN_SECONDS, error.retry_after or 0))
        except (SQLAlchemyError, OSError) as error:
            log.warning("database does not answer", error=type(error).__name__)
            await asyncio.sleep(_AGAIN_SECONDS)
        except Exception as error:  # whatever it is, people go on writing
            log.error("listening to telegram broke", error=type(error).__name__)
            await asyncio.sleep(_AGAIN_SECONDS)


async def _listen(telegram: Telegram, house: House) -> None:
    """Ask Telegram for updates as long as we are the one who does."""
    async with house.service.database.holding(POLLING) as still:
        if still is None:
            await asyncio.sleep(_AGAIN_SECONDS)
            return
        log.info("telegram polling begins")
        polling = asyncio.create_task(telegram.poll())
        try:
            while await still():  # noqa: ASYNC110 - asked of the database
                await asyncio.sleep(_AGAIN_SECONDS)
        finally:
            polling.cancel()
            with suppress(asyncio.CancelledError):
                await polling


@asynccontextmanager
async def _alone(
    settings: Settings, service: Service, parts: frozenset[Part]
) -> AsyncIterator[None]:
    """On SQLite one process does everything; a second is refused with a clear word."""
    if not service.database.is_sqlite:
        yield
        return
    if parts != BOTH:
        raise AlreadyRunning(
            "web and worker apart need PostgreSQL (NAZORG_DATABASE_URL). On SQLite one process "
            "does it all: nazorg serve"
        )
    with (settings.data_dir / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                "another nazorg already serves this database. Stop it first, or use PostgreSQL."
            ) from None
        # Whatever is in hand was in the hand of one that died.
        await outbox.orphaned(service.database)
        await notices.orphaned_notices(service.database)
        yield
