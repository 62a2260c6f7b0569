"""SMS, through Twilio: out by its library, in and status by signed webhooks."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import httpx
import structlog
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse

from aftercare.inbox import Inbound, Receipt
from bot.channels import DeliveryError, Doubt, Fate, Sent
from bot.channels.twilio_http import TwilioHttp
from conversations import words
from conversations.phrases import Phrase
from conversations.turns import Attachment, Incoming, Text
from conversations.understanding.stopping import is_provider_keyword
from conversations.words import MessageStatus
from storage.outbox import Parcel
from storage.pace import Pace

log = structlog.get_logger()

Receive = Callable[[Inbound], Awaitable[Receipt]]
Render = Callable[[Phrase], str]
Report = Callable[[int, str, Fate], Awaitable[None]]
"""Our id of a message, Twilio's, and what became of it."""

_CLOSED = frozenset({21610, 21211, 21614, 21635, 30005, 30006, 30004})
"""Opted out, or not a number that takes SMS: nothing will ever arrive."""
_TRY_AGAIN = {30003: 12, 30008: 1}
"""The telephone was off or out of reach; Twilio does not know why, once."""
_FILTERED = 30007
_OURS = frozenset({21408, 21603, 21606, 21609, 21212, 21659, 21660, 21701, 21703, 21705})
"""Mistakes in our own settings: not the message's fault, so it waits until somebody mends them."""
_SLOW_DOWN = frozenset({20429, 30001, 21611, 14107})
_LONGEST_VALIDITY = 36_000
_LONGEST_ID = 18
_LARGEST_BODY = 64 * 1024
_STATUS = {
    "sent": MessageStatus.SENT,
    "delivered": MessageStatus.DELIVERED,
    "undelivered": MessageStatus.FAILED,
    "failed": MessageStatus.FAILED,
}
_NEVER_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Sms:
    """The SMS channel. Signatures are checked over `public_url`, which a proxy does not change."""

    name = words.Channel.SMS
    can_look_up = True
    pace = Pace(per_second=10)  # of one long number in the Netherlands; Twilio queues the rest

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        *,
        api_url: str,
        public_url: str,
        receive: Receive,
        render: Render,
        report: Report,
        now: Callable[[], datetime],
    ) -> None:
        self._http = TwilioHttp()
        self._client = Client(account_sid, auth_token, http_client=self._http)
        self._client.api.base_url = api_url
        self._validator = RequestValidator(auth_token)
        self._sender = sender
        self._public_url = public_url
        self._receive = receive
        self._render = render
        self._report = report
        self._now = now

    async def send(self, parcel: Parcel) -> Sent:
        """Hand one SMS to Twilio. Raises `DeliveryError`."""
        left = int((parcel.expires_at - self._now()).total_seconds())
        service = self._sender.startswith("MG")
        try:
            message = await self._client.messages.create_async(
                to=parcel.address,
                body=parcel.text,
                status_callback=f"{self._public_url}/webhooks/twilio/status?message={parcel.id}",
                validity_period=max(60, min(left, _LONGEST_VALIDITY)),
                **{"messaging_service_sid" if service else "from_": self._sender},
            )
        except TwilioRestException as error:
            raise _refusal(error) from None
        except httpx.HTTPError as error:
            raise _broken(error) from None
        return Sent(message.sid)

    async def look_up(self, parcel: Parcel, known: frozenset[str]) -> str | None:
        """Whether Twilio has this message, though we never heard so. Raises `DeliveryError`.

        Compared by text, not by moment: two clocks never agree. Messages that we know of are
        left out, so that last month's question is not taken for today's.
        """
        try:
            listed = await self._client.messages.list_async(to=parcel.address, limit=50)
        except TwilioException as error:  # a refused list carries no code
            raise DeliveryError(f"twilio {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise _broken(error) from None
        return next(
            (one.sid for one in listed if one.body == parcel.text and one.sid not in known), None
        )

    async def fate(self, external_id: str) -> Fate | None:
        """What Twilio knows of a message by now. Raises `DeliveryError`."""
        try:
            message = await self._client.messages(external_id).fetch_async()
        except TwilioRestException as error:
            raise DeliveryError(f"twilio {error.code or error.status}") from None
        except httpx.HTTPError as error:
            raise _broken(error) from None
        fate = _fate(str(message.status), str(message.error_code or ""))
        return None if fate is None or fate.status is MessageStatus.SENT else fate

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    def routes(self) -> list[Route]:
        """The two webhooks."""
        return [
            Route("/webhooks/twilio/message", self._message, methods=["POST"]),
            Route("/webhooks/twilio/status", self._status, methods=["POST"]),
        ]

    async def _message(self, request: Request) -> Response:
        form = await self._signed(request)
        if form is None:
            return Response(status_code=403)
        sender, sid = str(form.get("From", "")), str(form.get("MessageSid", ""))
        if not sender or not sid:
            return Response(status_code=400)
        text = str(form.get("Body", ""))
        only_media = not text.strip() and str(form.get("NumMedia", "0")) != "0"
        incoming: Incoming = Attachment() if only_media else Text(text)
        opted_out = form.get("OptOutType") == "STOP" or is_provider_keyword(text)
        receipt = await self._receive(
            Inbound(self.name, sender, sid, incoming, stop_is_answered=opted_out)
        )
        answer = MessagingResponse()
        if receipt.answer and not opted_out:
            answer.message(self._render(receipt.answer))
        return Response(str(answer), media_type="text/xml")

    async def _status(self, request: Request) -> Response:
        form = await self._signed(request)
        if form is None:
            return Response(status_code=403)
        message_id = request.query_params.get("message", "")
        fate = _fate(str(form.get("MessageStatus", "")), str(form.get("ErrorCode", "")))
        if fate and message_id.isdecimal() and len(message_id) < _LONGEST_ID:
            await self._report(int(message_id), str(form["MessageSid"]), fate)
        return Response(status_code=204)

    async def _signed(self, request: Request) -> FormData | None:
        """The form, if Twilio signed it over our public address."""
        if len(await request.body()) > _LARGEST_BODY:
            return None
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{self._public_url}{request.url.path}{query}"
        form = await request.form()
        signature = request.headers.get("X-Twilio-Signature", "")
        return form if self._validator.validate(url, form, signature) else None


def _fate(status: str, written: str) -> Fate | None:
    """What Twilio's word and error code say became of a message; None: nothing yet."""
    code = int(written) if written.isdecimal() else 0
    if status not in _STATUS:
        return None
    if code == _FILTERED:
        log.error("carrier filters our messages", error=f"twilio {code}")
    error = f"twilio {code}" if code else None
    return Fate(_STATUS[status], error, code in _CLOSED, _TRY_AGAIN.get(code, 0))


def _refusal(error: TwilioRestException) -> DeliveryError:
    """What Twilio's answer means for a message."""
    code, name = error.code or 0, f"twilio {error.code or error.status}"
    if code in _CLOSED:
        return DeliveryError(name, closes_channel=True)
    if code in _SLOW_DOWN or error.status == 429:
        return DeliveryError(name, retry_after=10)
    if code in _OURS:
        log.error("twilio refuses our settings", error=name)
        return DeliveryError(name, retry_after=300)
    if error.status >= 500:
        return DeliveryError(name, doubt=Doubt.UNKNOWN)
    if error.status in (401, 403):
        return DeliveryError(name, retry_after=60)
    return DeliveryError(name, permanent=True)


def _broken(error: httpx.HTTPError) -> DeliveryError:
    """What a broken connection means for a message."""
    never = isinstance(error, _NEVER_CONNECTED)
    doubt = Doubt.NOT_SENT if never else Doubt.UNKNOWN
    return DeliveryError(f"twilio {type(error).__name__}", doubt=doubt)
