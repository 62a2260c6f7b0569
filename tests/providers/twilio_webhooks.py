"""Twilio's calls to us: what is in them, how they are signed, and when they come.

Sources: twilio.com/docs/messaging/guides/webhook-request,
twilio.com/docs/messaging/guides/track-outbound-message-status, twilio.com/docs/usage/security.
"""

import uuid
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from .twilio_messages import API, SmsMessage


@dataclass(frozen=True)
class Outcome:
    """What becomes of accepted messages, and how the status callbacks tell of it.

    `statuses` come one after the other, each `delay` seconds after the one before. Callbacks may
    come in reversed order, each `repeat` times, or not at all (`repeat=0`).
    """

    statuses: tuple[str, ...] = ("sent", "delivered")
    error_code: int | None = None
    delay: float = 0.0
    reversed: bool = False
    repeat: int = 1


DELIVERED = Outcome()
STUCK = Outcome(statuses=())
"""Accepted, and never heard of again."""


def undelivered(error_code: int = 30003) -> Outcome:
    """Sent, but the carrier could not deliver."""
    return Outcome(("sent", "undelivered"), error_code)


def failed(error_code: int = 30008) -> Outcome:
    """Not sent at all."""
    return Outcome(("failed",), error_code)


def signed_headers(url: str, form: dict[str, str], auth_token: str) -> dict[str, str]:
    """The headers of a webhook call; `url` is the public address, without a fragment."""
    return {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": RequestValidator(auth_token).compute_signature(url, form),
    }


def callback_form(message: SmsMessage) -> dict[str, str]:
    """A status callback, as things stand with the message."""
    form = {"ApiVersion": API, "AccountSid": message.account_sid, "To": message.to}
    form |= {"MessageSid": message.sid, "SmsSid": message.sid, "From": message.from_ or ""}
    form |= {"MessageStatus": message.status, "SmsStatus": message.status}
    if message.messaging_service_sid:
        form["MessagingServiceSid"] = message.messaging_service_sid
    if message.error_code is not None:
        form["ErrorCode"] = str(message.error_code)
    if message.status in {"delivered", "undelivered"}:
        form["RawDlrDoneDate"] = message.date_updated.strftime("%y%m%d%H%M")
    return form


def inbound_form(message: SmsMessage, base_url: str, opt_out: str | None) -> dict[str, str]:
    """The webhook for an incoming message; `opt_out` is the OptOutType, if any."""
    sids = ("MessageSid", "SmsSid", "SmsMessageSid")
    form = dict.fromkeys(sids, message.sid) | {"AccountSid": message.account_sid}
    form |= {"From": message.from_ or "", "To": message.to, "Body": message.body}
    form |= {"NumMedia": str(message.num_media), "NumSegments": str(message.num_segments)}
    form |= {"SmsStatus": "received", "ApiVersion": API}
    for side in ("From", "To"):  # empty for most numbers outside North America
        form |= {f"{side}{part}": "" for part in ("City", "State", "Zip")}
        form[f"{side}Country"] = "NL"
    for index in range(message.num_media):
        form[f"MediaUrl{index}"] = f"{base_url}{message.uri[:-5]}/Media/ME{index:032x}"
        form[f"MediaContentType{index}"] = "image/jpeg"
    if message.messaging_service_sid:
        form["MessagingServiceSid"] = message.messaging_service_sid
    if opt_out:
        form["OptOutType"] = opt_out
    return form
