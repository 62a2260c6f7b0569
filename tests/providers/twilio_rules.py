"""What Twilio's Messages resource accepts and in which words it refuses.

Sources: twilio.com/docs/messaging/api/message-resource and twilio.com/docs/api/errors.
"""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

import phonenumbers

from .server import LOOPBACK, JsonDict

MAX_BODY = 1600
MAX_VALIDITY = 36_000
E164 = re.compile(r"\+[1-9]\d{6,14}")
ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")
SERVICE_SID = re.compile(r"MG[0-9a-f]{32}")
NOT_BUILT = {"ApplicationSid", "ContentSid", "MediaUrl", "ScheduleType", "SendAt", "SendAsMms"}
"""Parameters of the real API that this server does not act on, and so refuses."""

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = set("\f^{}\\[~]|€")
SMART = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
"""The commonest of the characters that SmartEncoded replaces."""


class Refusal(Exception):
    """Twilio refuses: HTTP status, its own code, and a message."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def as_json(self) -> JsonDict:
        """The body of the answer."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        body: JsonDict = {"code": self.code, "message": self.message}
        return body | {"more_info": more, "status": self.status}


def segments(text: str, smart_encoded: bool = False) -> int:
    """How many SMS segments a text takes: GSM-7 160 / 153 septets, else UCS-2 70 / 67 units."""
    if smart_encoded:
        text = text.translate(SMART)
    if GSM.union(GSM_DOUBLE).issuperset(text):
        widths = [2 if character in GSM_DOUBLE else 1 for character in text]
        single, joined = 160, 153
    else:
        widths = [len(character.encode("utf-16-be")) // 2 for character in text]
        single, joined = 70, 67
    if sum(widths) <= single:
        return 1
    count, room = 1, joined
    for width in widths:  # a character of two units is not cut in half
        if width > room:
            count, room = count + 1, joined
        room -= width
    return count


def check_create(
    form: Mapping[str, str],
    numbers: Collection[str],
    services: Mapping[str, Collection[str]],
    allow_loopback: bool,
) -> None:
    """Refuse what creating a message refuses, in the order of the real server."""
    to, sender = form.get("To", ""), form.get("From", "")
    service = form.get("MessagingServiceSid", "")
    if not to:
        raise Refusal(400, 21604, "A 'To' phone number is required.")
    if not (sender or service):
        reason = "A 'From' or 'MessagingServiceSid' parameter is required to send a message."
        raise Refusal(400, 21603, reason)
    if unbuilt := sorted(NOT_BUILT & form.keys()):
        raise Refusal(400, 20001, f"this test server does not know {', '.join(unbuilt)}")
    if not form.get("Body"):
        raise Refusal(400, 21602, "Message body is required.")
    if len(form["Body"]) > MAX_BODY:
        reason = "The concatenated message body exceeds the 1600 character limit."
        raise Refusal(400, 21617, reason)
    if not (E164.fullmatch(to) and phonenumbers.is_valid_number(phonenumbers.parse(to))):
        raise Refusal(400, 21211, f"Invalid 'To' Phone Number: {to}")
    _check_sender(sender, service, numbers, services)
    if to == sender:
        raise Refusal(400, 21266, f"'To' and 'From' number cannot be the same: {to}")
    if "StatusCallback" in form:
        _check_callback(form["StatusCallback"], allow_loopback)
    validity = form.get("ValidityPeriod", "1")
    if not validity.isdigit() or not 1 <= int(validity) <= MAX_VALIDITY:
        reason = f"The ValidityPeriod {validity} is not an integer between 1 and {MAX_VALIDITY}."
        raise Refusal(400, 21624, reason)


def _check_sender(
    sender: str, service: str, numbers: Collection[str], services: Mapping[str, Collection[str]]
) -> None:
    if service and not SERVICE_SID.fullmatch(service):
        raise Refusal(400, 21705, f"The Messaging Service Sid {service} is invalid.")
    if service and service not in services:
        raise Refusal(400, 21701, f"The Messaging Service {service} does not exist.")
    if service and not services[service]:
        reason = "The Messaging Service does not have a phone number available to send a message."
        raise Refusal(400, 21703, reason)
    if not sender:
        return
    if not (E164.fullmatch(sender) or ALPHANUMERIC.fullmatch(sender)):
        reason = "is not a valid phone number, shortcode, or alphanumeric sender ID."
        raise Refusal(400, 21212, f"The 'From' number {sender} {reason}")
    if sender not in (services[service] if service else numbers):
        reason = "is not a valid, SMS-capable inbound phone number or short code for your account."
        raise Refusal(400, 21606, f"The From phone number {sender} {reason}")


def _check_callback(url: str, allow_loopback: bool) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    local = host in LOOPBACK
    public = "." in host and "_" not in host and not local
    known = parts.scheme in {"http", "https"} if host else False
    if not known or len(url) > 4000 or not (public or (local and allow_loopback)):
        raise Refusal(400, 21609, f"The StatusCallback URL {url} is not a valid URL.")
