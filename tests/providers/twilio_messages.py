"""Twilio's Message resources: how they are kept, written, searched and paged."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from urllib.parse import urlencode

from .server import JsonDict
from .twilio_rules import Refusal

API = "2010-04-01"
UNFINISHED = {"accepted", "queued", "sending", "receiving"}
ERRORS = {
    21610: "Attempt to send to unsubscribed recipient",
    30003: "Unreachable destination handset",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30036: "Validity Period Expired",
}


@dataclass
class SmsMessage:
    """One Message resource."""

    sid: str
    account_sid: str
    to: str
    from_: str | None
    body: str
    direction: str
    status: str
    date_created: datetime
    num_segments: int = 1
    num_media: int = 0
    messaging_service_sid: str | None = None
    status_callback: str | None = None
    date_updated: datetime = field(init=False)
    date_sent: datetime | None = None
    error_code: int | None = None

    def __post_init__(self) -> None:
        self.date_updated = self.date_created

    @property
    def uri(self) -> str:
        """The resource's address, without the host."""
        return f"/{API}/Accounts/{self.account_sid}/Messages/{self.sid}.json"

    def as_json(self) -> JsonDict:
        """As the API writes it; all numbers but the error code are text."""
        error = None if self.error_code is None else ERRORS.get(self.error_code, "Unknown error")
        return {
            "account_sid": self.account_sid,
            "api_version": API,
            "body": self.body,
            "date_created": _rfc2822(self.date_created),
            "date_sent": _rfc2822(self.date_sent),
            "date_updated": _rfc2822(self.date_updated),
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": error,
            "from": self.from_,
            "messaging_service_sid": self.messaging_service_sid,
            "num_media": str(self.num_media),
            "num_segments": str(self.num_segments),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": self.uri.replace(".json", "/Media.json")},
            "to": self.to,
            "uri": self.uri,
        }


class MessageStore:
    """All Message resources of the account, oldest first."""

    def __init__(self, account_sid: str, now: Callable[[], datetime]) -> None:
        self.account_sid = account_sid
        self.all: dict[str, SmsMessage] = {}
        self._now = now
        self._numbers = count(1)

    def add(self, to: str, from_: str | None, body: str, **rest: object) -> SmsMessage:
        """Make a resource with the next sid."""
        sid = f"{'MM' if rest.get('num_media') else 'SM'}{next(self._numbers):032x}"
        moment = self._now().replace(microsecond=0)
        message = SmsMessage(
            sid,
            self.account_sid,
            to,
            from_,
            body,
            date_created=moment,
            **rest,  # type: ignore[arg-type]
        )
        self.all[sid] = message
        return message

    def find(self, sid: str, path: str) -> SmsMessage:
        """The resource with this sid, or the 404 for `path`."""
        if sid not in self.all:
            raise Refusal(404, 20404, f"The requested resource {path} was not found")
        return self.all[sid]

    def set_status(self, message: SmsMessage, status: str, error_code: int | None = None) -> None:
        """Move a message on."""
        message.status, message.error_code = status, error_code
        message.date_updated = self._now().replace(microsecond=0)
        if status in {"sent", "delivered", "undelivered", "received"} and not message.date_sent:
            message.date_sent = message.date_updated

    def redact(self, message: SmsMessage, form: Mapping[str, str]) -> None:
        """Empty the body of a finished message; nothing else can be changed here."""
        if form.get("Status") == "canceled":
            raise Refusal(400, 30409, "Message is not in a cancelable state.")
        if form.get("Body") != "":
            raise Refusal(400, 30400, "Parameters are not valid")
        self._check_finished(message)
        message.body = ""
        message.date_updated = self._now().replace(microsecond=0)

    def delete(self, message: SmsMessage) -> None:
        """Forget a finished message."""
        self._check_finished(message)
        del self.all[message.sid]

    def page(self, query: Mapping[str, str]) -> JsonDict:
        """One page of the messages that match, newest first, with the addresses of the others."""
        size = min(max(int(query.get("PageSize", "50")), 1), 1000)
        number = int(query.get("Page", "0"))
        matching = [m for m in reversed(self.all.values()) if _matches(m, query)]
        start = number * size
        shown = matching[start : start + size]
        base = f"/{API}/Accounts/{self.account_sid}/Messages.json"
        filters = {k: v for k, v in query.items() if k not in {"Page", "PageToken", "PageSize"}}

        def uri(page: int) -> str:
            token = {"PageToken": f"PASM{page:032x}"} if page else {}
            return f"{base}?{urlencode(filters | {'PageSize': size, 'Page': page} | token)}"

        return {
            "end": start + max(len(shown) - 1, 0),
            "first_page_uri": uri(0),
            "messages": [message.as_json() for message in shown],
            "next_page_uri": uri(number + 1) if start + size < len(matching) else None,
            "page": number,
            "page_size": size,
            "previous_page_uri": uri(number - 1) if number else None,
            "start": start,
            "uri": uri(number),
        }

    def _check_finished(self, message: SmsMessage) -> None:
        if message.status in UNFINISHED:
            raise Refusal(409, 20009, "Cannot delete this resource before it is complete")


def _matches(message: SmsMessage, query: Mapping[str, str]) -> bool:
    """Apply the filters. A message that was not yet sent has no DateSent, so none matches it."""
    if "To" in query and message.to != query["To"]:
        return False
    if "From" in query and message.from_ != query["From"]:
        return False
    for key in ("DateSent", "DateSent<", "DateSent>"):
        if key not in query:
            continue
        first, last = _span(query[key])
        if message.date_sent is None:
            return False
        if key != "DateSent<" and message.date_sent < first:
            return False
        if key != "DateSent>" and message.date_sent >= last:
            return False
    return True


def _span(text: str) -> tuple[datetime, datetime]:
    """The day or the second that a filter names."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(400, 20001, f"Invalid date value: {text}") from None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return moment, moment + (timedelta(days=1) if day else timedelta(seconds=1))


def _rfc2822(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment.astimezone(UTC))
