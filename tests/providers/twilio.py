"""Twilio's Messages resource as documented, for twilio-python with another base address."""

import asyncio
import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag, urlencode

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .faults import ANSWERED, Fault
from .server import HttpProvider
from .twilio_messages import API, MessageStore, SmsMessage
from .twilio_people import REPLIES, Person, WebhookAnswer, keyword, read_answer
from .twilio_rules import Refusal, check_create, segments
from .twilio_webhooks import (
    DELIVERED,
    Outcome,
    callback_form,
    failed,
    inbound_form,
    signed_headers,
)

ACCOUNT_SID = "AC" + "1".rjust(32, "0")
AUTH_TOKEN = "provider-test-token"


class TwilioServer(HttpProvider):
    """An account at Twilio, and the people with phones. See `HttpProvider` for other options.

    `numbers` are the account's own numbers, `services` its Messaging Services by sid, each with
    numbers of its own. `inbound_url` is the webhook for incoming messages, as set in Twilio's
    console. `outcome` says what becomes of messages, `outcomes` of those to one number.
    """

    name = "twilio"
    sending = ("create",)

    def __init__(
        self,
        numbers: Iterable[str],
        *,
        services: Mapping[str, Iterable[str]] | None = None,
        inbound_url: str | None = None,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        advanced_opt_out: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.services = {sid: list(pool) for sid, pool in (services or {}).items()}
        self.numbers = [*numbers, *(n for pool in self.services.values() for n in pool)]
        self.inbound_url = inbound_url
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.advanced_opt_out = advanced_opt_out
        self.extra_stop_words: frozenset[str] = frozenset()
        """More words that opt out, in capitals, as Advanced Opt-Out lets one set."""
        self.outcome = DELIVERED
        self.outcomes: dict[str, Outcome] = {}
        self.refusals: dict[str, int] = {}
        """Numbers to refuse at once, with the code: 21211, 21614, 21635..."""
        self.opted_out: set[tuple[str, str]] = set()
        """(number or service, person) for whom sending is stopped."""
        self.persons: dict[str, Person] = {}
        self.store = MessageStore(account_sid, lambda: self.now())

    @property
    def url(self) -> str:
        """The base address, in place of https://api.twilio.com."""
        return f"http://127.0.0.1:{self.port}"

    def person(self, number: str) -> Person:
        """The person with this number."""
        return self.persons.setdefault(number, Person(self, number))

    async def resend(self, sid: str) -> WebhookAnswer:
        """Call the webhook for an incoming message once more, with the same MessageSid."""
        return await self.call_inbound(self.store.all[sid])

    def routes(self) -> list[BaseRoute]:
        """The Messages resource; what else Twilio has is not found here."""
        base = f"/{API}/Accounts/{{account}}/Messages"
        return [
            Route(f"{base}.json", self._answer(self._create), methods=["POST"]),
            Route(f"{base}.json", self._answer(self._list), methods=["GET"]),
            Route(f"{base}/{{sid}}.json", self._answer(self._fetch), methods=["GET"]),
            Route(f"{base}/{{sid}}.json", self._answer(self._update), methods=["POST"]),
            Route(f"{base}/{{sid}}.json", self._answer(self._delete), methods=["DELETE"]),
            Route("/{rest:path}", self._answer(_missing), methods=["GET", "POST", "DELETE"]),
        ]

    def _answer(self, act: Callable[[Request, dict[str, str]], Response]) -> Any:
        """Wrap an operation: sign-in, the form, faults, and refusals as Twilio writes them."""

        async def endpoint(request: Request) -> Response:
            async with request.form() as fields:
                form = {key: value for key, value in fields.items() if isinstance(value, str)}

            async def guarded() -> Response:
                try:
                    self._check_credentials(request)
                    return act(request, form)
                except Refusal as refusal:
                    return JSONResponse(refusal.as_json(), refusal.status)

            operation = act.__name__.lstrip("_")
            return await self.with_faults(request, operation, guarded, _fault)

        return endpoint

    def _check_credentials(self, request: Request) -> None:
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        account = request.path_params.get("account", self.account_sid)
        if (scheme.lower(), encoded, account) != ("basic", expected, self.account_sid):
            raise Refusal(401, 20003, "Authenticate")

    def _create(self, request: Request, form: dict[str, str]) -> Response:
        check_create(form, self.numbers, self.services, self.allow_loopback)
        to, service = form["To"], form.get("MessagingServiceSid")
        if to in self.refusals:
            raise Refusal(400, self.refusals[to], f"Invalid 'To' Phone Number: {to}")
        sender = form.get("From") or (self.services[service][0] if service else "")
        stopped = (self._scope(sender), to) in self.opted_out
        if stopped and not service:
            raise Refusal(400, 21610, "Attempt to send to unsubscribed recipient")
        size = segments(form["Body"], form.get("SmartEncoded", "").lower() == "true")
        message = self.store.add(
            to,
            None if service else sender,
            form["Body"],
            direction="outbound-api",
            status="accepted" if service else "queued",
            num_segments=0 if service else size,
            messaging_service_sid=service,
            status_callback=form.get("StatusCallback"),
        )
        answer = JSONResponse(message.as_json(), 201)
        self.record(to, message.body, message.sid)
        outcome = self.outcomes.get(to, self.outcome)
        if stopped:  # a Messaging Service finds out too late to refuse (twilio-python#478)
            outcome = replace(failed(21610), repeat=outcome.repeat, delay=outcome.delay)
        _ = self.background(self._carry(message, sender, size, outcome))
        return answer

    def _list(self, request: Request, form: dict[str, str]) -> Response:
        return JSONResponse(self.store.page(request.query_params))

    def _fetch(self, request: Request, form: dict[str, str]) -> Response:
        return JSONResponse(self._message(request).as_json())

    def _update(self, request: Request, form: dict[str, str]) -> Response:
        message = self._message(request)
        self.store.redact(message, form)
        return JSONResponse(message.as_json())

    def _delete(self, request: Request, form: dict[str, str]) -> Response:
        self.store.delete(self._message(request))
        return Response(status_code=204)

    def _message(self, request: Request) -> SmsMessage:
        return self.store.find(request.path_params["sid"], request.url.path)

    def _service(self, number: str) -> str | None:
        return next((sid for sid, pool in self.services.items() if number in pool), None)

    def _scope(self, number: str) -> str:
        """What a STOP to this number stops: its whole Messaging Service, or the number alone."""
        return self._service(number) or number

    # Outbound: from accepted to its end.

    async def _carry(self, message: SmsMessage, sender: str, size: int, outcome: Outcome) -> None:
        message.from_, message.num_segments = sender, size
        told: list[dict[str, str]] = []
        first = ("queued",) if message.messaging_service_sid else ()
        for status in (*first, *outcome.statuses):
            await asyncio.sleep(outcome.delay)
            bad = status in {"failed", "undelivered"}
            self.store.set_status(message, status, outcome.error_code if bad else None)
            if status == "sent" and "undelivered" not in outcome.statuses:
                self.person(message.to).arrive(message.sid, sender, message.body)
            told.append(callback_form(message))
            if not outcome.reversed:
                await self._tell(message, told.pop(), outcome.repeat)
        for callback in reversed(told):
            await self._tell(message, callback, outcome.repeat)

    async def _tell(self, message: SmsMessage, form: dict[str, str], times: int) -> None:
        for _ in range(times if message.status_callback else 0):
            await self.call(str(message.status_callback), form)

    # Inbound: a person writes (`twilio_people.Twilio`).

    def default_number(self) -> str:
        """Where people write when nothing else is said."""
        return self.numbers[0]

    def inbound(self, person: Person, text: str, media: int, to: str) -> SmsMessage:
        """Take a message in, and do what Twilio does with STOP, START and HELP."""
        message = self.store.add(
            to,
            person.number,
            text,
            direction="inbound",
            status="received",
            num_media=media,
            num_segments=segments(text),
            messaging_service_sid=self._service(to),
        )
        self.store.set_status(message, "received")
        pair = (self._scope(to), person.number)
        word = keyword(text, self.extra_stop_words)
        answer = word == "HELP" and pair not in self.opted_out
        if word == "STOP":
            answer = pair not in self.opted_out
            self.opted_out.add(pair)
        if word == "START":
            answer = pair in self.opted_out
            self.opted_out.discard(pair)
        if word and answer:
            person.arrive(message.sid, to, REPLIES[word], by_twilio=True)
        return message

    def forgery(self, person: Person, text: str, to: str) -> SmsMessage:
        """A message that Twilio never saw."""
        sid, sender, moment = "SM" + "f" * 32, person.number, self.now()
        return SmsMessage(sid, self.account_sid, to, sender, text, "inbound", "received", moment)

    async def call_inbound(self, message: SmsMessage, *, forged: bool = False) -> WebhookAnswer:
        """Call the webhook for an incoming message and send what it answers with."""
        if self.inbound_url is None:
            return WebhookAnswer(message.sid)
        word = keyword(message.body, self.extra_stop_words) if self.advanced_opt_out else None
        form = inbound_form(message, self.url, word)
        response = await self.call(self.inbound_url, form, forged=forged)
        if response is None:
            return WebhookAnswer(message.sid)
        replies: list[str] = []
        if response.is_success and not forged:
            try:
                replies = read_answer(response.headers.get("content-type", ""), response.text)
            except ValueError as error:
                self.alerts.append(str(error))
        person = self.person(message.from_ or "")
        if (self._scope(message.to), person.number) not in self.opted_out:
            for text in replies:
                reply = self.store.add(
                    person.number, message.to, text, direction="outbound-reply", status="queued"
                )
                self.store.set_status(reply, "sent")
                self.record(person.number, text, reply.sid)
                person.arrive(reply.sid, message.to, text)
        return WebhookAnswer(message.sid, response.status_code, response.text, replies)

    async def call(
        self, url: str, form: dict[str, str], *, forged: bool = False
    ) -> httpx.Response | None:
        """Call a webhook, signed over its public address; None when it could not be reached.

        As with the real one, only a connection that fails is tried a second time.
        """
        public = urldefrag(url).url
        token = "somebody-else" if forged else self.auth_token
        headers = signed_headers(public, form, token)
        content = urlencode(form).encode()
        for attempt in (1, 2):
            try:
                response = await self.post(public, headers=headers, content=content)
            except httpx.ConnectError:
                if attempt == 2:
                    self.alerts.append(f"11205 HTTP connection failure: {public}")
            except httpx.HTTPError as error:
                self.alerts.append(f"11200 HTTP retrieval failure: {public} {error!r}")
                return None
            else:
                if not response.is_success and not forged:
                    reason = f"{public} {response.status_code}"
                    self.alerts.append(f"11200 HTTP retrieval failure: {reason}")
                return response
        return None


def _missing(request: Request, form: dict[str, str]) -> Response:
    raise Refusal(404, 20404, f"The requested resource {request.url.path} was not found")


def _fault(fault: Fault) -> Response:
    refusal = {
        Fault.TOO_MANY_REQUESTS: Refusal(429, 20429, "Too Many Requests"),
        Fault.FORBIDDEN: Refusal(403, 20403, "Forbidden"),
    }.get(fault, Refusal(ANSWERED[fault], 20500, "An internal server error has occurred"))
    return JSONResponse(refusal.as_json(), refusal.status)
