"""The one place that wires all: settings -> database, clock, channels, ticks, console, web."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import structlog
from starlette.applications import Starlette
from starlette.routing import BaseRoute

import locales
from aftercare import speech
from aftercare.service import Service
from bot.channels import DeliveryError
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.house import House
from bot.notices import Mailer
from bot.opening import AlreadyRunning, open_service
from bot.settings import Settings
from conversations.phrases import Phrase
from staff.app import console
from storage import notices, outbox
from storage.facts import TELEGRAM_NAME, recall, remember

log = structlog.get_logger()

_INTRODUCE_AGAIN_SECONDS = 15


@asynccontextmanager
async def serving(settings: Settings, here: str) -> AsyncIterator[Starlette]:
    """The whole service and its web application. `here` is the address it listens at, which is
    the public one when no other is set."""
    public_url = settings.public_url or here
    async with open_service(settings) as service:
        with _alone(settings, service):
            if service.database.is_sqlite:
                await outbox.orphaned(service.database)
                await notices.orphaned_notices(service.database)
            house = House(service)
            house.telegram_name = await recall(service.database, TELEGRAM_NAME)
            routes: list[BaseRoute] = [*house.health_routes()]
            telegram = _connect_telegram(settings, house)
            if telegram and settings.telegram_mode == "webhook":
                routes.append(telegram.route())
            routes += _connect_sms(settings, house, public_url)
            _connect_mail(settings, house, public_url)
            routes += console(
                service,
                public_url=public_url,
                secure=public_url.startswith("https://"),
                telegram_name=lambda: house.telegram_name,
                wake=house.wake,
            )
            house.start()
            talking = asyncio.create_task(_talk(telegram, settings, house))
            try:
                yield Starlette(routes=routes)
            finally:
                talking.cancel()
                with suppress(asyncio.CancelledError):
                    await talking
                await house.close()


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


def _connect_sms(settings: Settings, house: House, public_url: str) -> list[BaseRoute]:
    if not settings.has_twilio:
        log.info("channel off", channel="sms", missing="NAZORG_TWILIO_ACCOUNT_SID")
        return []
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
    return [*sms.routes()]


def _connect_mail(settings: Settings, house: House, public_url: str) -> None:
    if not settings.mail_url:
        log.warning("notices are not mailed", missing="NAZORG_MAIL_URL")
        return
    house.mail = Mailer(house.service, settings.mail_url, public_url).run


async def _talk(telegram: Telegram | None, settings: Settings, house: House) -> None:
    """Introduce ourselves to Telegram, then listen; a network that is down is tried again."""
    if telegram is None:
        return
    while True:
        try:
            house.telegram_name = await telegram.user_name()
            await remember(house.service.database, TELEGRAM_NAME, house.telegram_name)
            if settings.telegram_mode == "webhook":
                await telegram.set_webhook(settings.public_url)
                return
            break
        except DeliveryError as error:
            log.warning("telegram does not answer", error=error.code)
            await asyncio.sleep(max(_INTRODUCE_AGAIN_SECONDS, error.retry_after or 0))
    await telegram.poll()


@contextmanager
def _alone(settings: Settings, service: Service) -> Iterator[None]:
    """On SQLite one process serves; a second is refused with a clear word."""
    if not service.database.is_sqlite:
        yield
        return
    with (settings.data_dir / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                "another nazorg already serves this database. Stop it first, or use PostgreSQL."
            ) from None
        yield
