"""The providers and our own public address, each asked once, with a short time-out.

What a provider answers is never shown as it is: its words may repeat a token or a number.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.doctor.finding import Finding, attention, ok, wrong
from bot.settings import TWILIO_API, Settings

TIMEOUT = httpx.Timeout(5.0)
_TWILIO_MESSAGING = "https://messaging.twilio.com"
_RECENTLY = timedelta(hours=24)
_MANY_PENDING = 100

Skews = dict[str, timedelta]
"""By whom, how far their clock is ahead of ours; what each check hears on the way."""


async def telegram(settings: Settings, skews: Skews) -> list[Finding]:
    """The token, and where Telegram sends what people write."""
    if not settings.telegram_token:
        return [ok("telegram", "off: NAZORG_TELEGRAM_TOKEN is not set")]
    base = settings.telegram_api_url.removesuffix("/bot")
    base = f"{base}/bot{settings.telegram_token}"
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            answer = await http.get(f"{base}/getMe")
            _hear_clock("Telegram", answer, skews)
            if answer.status_code in (401, 404):
                return [
                    wrong(
                        "telegram",
                        "Telegram does not know this token",
                        "Copy NAZORG_TELEGRAM_TOKEN anew from @BotFather.",
                    )
                ]
            name = answer.raise_for_status().json()["result"]["username"]
            info = (await http.get(f"{base}/getWebhookInfo")).raise_for_status().json()["result"]
    except (httpx.HTTPError, ValueError, KeyError) as error:
        return [_unreachable("telegram", "Telegram", error)]
    return [ok("telegram", f"@{name}"), _updates(settings, info)]


def _updates(settings: Settings, info: dict[str, Any]) -> Finding:
    check, pending = "telegram updates", info.get("pending_update_count", 0)
    found = f"by {settings.telegram_mode}, {pending} waiting"
    wanted = f"{settings.public_url}/webhooks/telegram"
    if settings.telegram_mode == "polling" and info.get("url"):
        return attention(
            check,
            "another address is called for each message",
            "A worker takes that away when it starts to ask by itself. If it comes back, another "
            "program uses the same token: make a token of its own for it.",
        )
    if settings.telegram_mode == "webhook":
        if info.get("url") != wanted:
            return wrong(
                check,
                f"Telegram calls {'another address' if info.get('url') else 'nobody'}",
                f"It is set to {wanted} when nazorg starts. If another program uses the same "
                "token, make a token of its own for it.",
            )
        failed_at = datetime.fromtimestamp(info.get("last_error_date", 0), UTC)
        if failed_at > datetime.now(UTC) - _RECENTLY:
            return attention(
                check,
                f"{found}; Telegram could not call us at {failed_at:%Y-%m-%d %H:%M} UTC",
                "Is the certificate of the public address valid, and does the proxy pass "
                "/webhooks/telegram on?",
            )
    if pending > _MANY_PENDING:
        return attention(check, found, "Does a worker run? Telegram keeps them for 24 hours.")
    return ok(check, found)


async def twilio(settings: Settings, public_url: str, skews: Skews) -> list[Finding]:
    """The account, the number or service that sends, and whom Twilio tells what comes in."""
    if not settings.has_twilio:
        return [ok("twilio", "off: NAZORG_TWILIO_ACCOUNT_SID is not set")]
    base = f"{settings.twilio_api_url}/2010-04-01/Accounts/{settings.twilio_account_sid}"
    signed_in = (settings.twilio_account_sid, settings.twilio_auth_token)
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, auth=signed_in) as http:
            answer = await http.get(f"{base}.json")
            _hear_clock("Twilio", answer, skews)
            if answer.status_code in (401, 404):
                return [
                    wrong(
                        "twilio",
                        "Twilio does not know this account and token",
                        "Copy both anew from Twilio's console: Account SID and Auth Token.",
                    )
                ]
            account = _account(answer.raise_for_status().json())
            if settings.twilio_messaging_service_sid:
                return [account, *await _service(http, settings, public_url)]
            return [account, *await _number(http, base, settings, public_url)]
    except (httpx.HTTPError, ValueError, KeyError) as error:
        return [_unreachable("twilio", "Twilio", error)]


def _account(account: dict[str, Any]) -> Finding:
    if account.get("status") != "active":
        return wrong(
            "twilio",
            f"the account is {account.get('status')}",
            "Look into Twilio's console: has the balance run out?",
        )
    if account.get("type") == "Trial":
        return attention(
            "twilio",
            "a trial account",
            "It sends only to numbers that were verified, with a remark of Twilio in front. "
            "Upgrade it before real people are enrolled.",
        )
    return ok("twilio", "the account is active")


async def _number(
    http: httpx.AsyncClient, base: str, settings: Settings, public_url: str
) -> list[Finding]:
    answer = await http.get(
        f"{base}/IncomingPhoneNumbers.json", params={"PhoneNumber": settings.twilio_from}
    )
    found = [
        one
        for one in answer.raise_for_status().json()["incoming_phone_numbers"]
        if one.get("phone_number") == settings.twilio_from
    ]
    if not found:
        return [
            wrong(
                "twilio sender",
                f"{settings.twilio_from} is not a number of this account",
                "Buy a Dutch mobile number in Twilio's console; a name cannot receive answers.",
            )
        ]
    number = found[0]
    if not number.get("capabilities", {}).get("sms"):
        sender = wrong("twilio sender", "this number cannot send SMS", "Take one that can.")
    else:
        sender = ok("twilio sender", settings.twilio_from)
    if number.get("sms_application_sid"):
        return [
            sender,
            wrong(
                "twilio webhook",
                "a TwiML application takes what comes in, not this service",
                _set_webhook("the number", public_url),
            ),
        ]
    given = (number.get("sms_url"), number.get("sms_method"))
    return [sender, _webhook("the number", given, public_url)]


async def _service(http: httpx.AsyncClient, settings: Settings, public_url: str) -> list[Finding]:
    ours = settings.twilio_api_url
    base = _TWILIO_MESSAGING if ours == TWILIO_API else ours
    url = f"{base}/v1/Services/{settings.twilio_messaging_service_sid}"
    answer = await http.get(url)
    if answer.status_code == 404:
        return [
            wrong(
                "twilio sender",
                "Twilio does not know this messaging service",
                "Copy NAZORG_TWILIO_MESSAGING_SERVICE_SID anew from Twilio's console.",
            )
        ]
    service = answer.raise_for_status().json()
    numbers = (await http.get(f"{url}/PhoneNumbers")).raise_for_status().json()["phone_numbers"]
    if numbers:
        sender = ok("twilio sender", f"a messaging service with {len(numbers)} numbers")
    else:
        sender = wrong(
            "twilio sender", "the messaging service has no number", "Add one to its sender pool."
        )
    if service.get("use_inbound_webhook_on_number"):
        return [
            sender,
            attention(
                "twilio webhook",
                "the service leaves what comes in to each number's own webhook",
                _set_webhook("the messaging service", public_url),
            ),
        ]
    given = (service.get("inbound_request_url"), service.get("inbound_method"))
    return [sender, _webhook("the messaging service", given, public_url)]


def _webhook(of: str, given: tuple[str | None, str | None], public_url: str) -> Finding:
    if given == (f"{public_url}/webhooks/twilio/message", "POST"):
        return ok("twilio webhook", f"{of} tells us what comes in")
    found = "calls another address" if given[0] else "tells nobody what comes in"
    return wrong("twilio webhook", f"{of} {found}", _set_webhook(of, public_url))


def _set_webhook(of: str, public_url: str) -> str:
    return (
        f"In Twilio's console, set for incoming messages of {of}: "
        f"{public_url}/webhooks/twilio/message, by HTTP POST."
    )


def _hear_clock(who: str, answer: httpx.Response, skews: Skews) -> None:
    try:
        theirs = parsedate_to_datetime(answer.headers["Date"])
        skews[who] = theirs.astimezone(UTC) - datetime.now(UTC)
    except (KeyError, ValueError):
        return


def _unreachable(check: str, who: str, error: Exception) -> Finding:
    what = "does not answer"
    if isinstance(error, httpx.HTTPStatusError):
        what = f"answered {error.response.status_code}"
    return wrong(
        check,
        f"{who} {what} ({type(error).__name__})",
        "Can this machine reach the internet, also through the firewall?",
    )
