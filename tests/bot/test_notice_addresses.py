"""To which services colleagues may have notices sent: a fixed list, and hosts of one's own."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from starlette.responses import Response

from aftercare.service import Refused
from bot.notice_services import Services
from tests.providers.receiver import Receiver, receiving

TOKEN = "123456789:abcdefg_hijklmnop1234567890ABCDEFGHI"

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
async def ntfy() -> AsyncIterator[Receiver]:
    """A service of one's own."""
    async with receiving() as receiver:
        yield receiver


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"tgram://{TOKEN}/12345/", "Telegram"),
        ("workflows://prod.westeurope.logic.azure.com:443/aaaaaaaaaa/bbbbbbbb/", "Teams"),
        ("signals://signal.example.org:8080/+31600000001/+31600000002/", "Signal"),
        ("ntfy://signal.example.org:8080/topic", "ntfy"),
    ],
)
def test_known_services_may_be_used(url: str, name: str) -> None:
    assert Services({"signal.example.org:8080"}, public=True).name_of(url) == name


@pytest.mark.parametrize(
    "url",
    [
        *("", "tgram", "tgram://", "http://example.org", "json://127.0.0.1/", "xml://127.0.0.1/"),
        *("form://169.254.169.254/latest", "jsons://10.0.0.1", "file:///etc/passwd", "syslog://"),
        *(
            "mailto://me:secret@mail.example.org",
            "dbus://",
            "exec://ls",
            "windows://",
            "gotify://x/y",
        ),
        "ntfy://topic",
        "ntfys://127.0.0.1/topic",
        "ntfy://127.0.0.1:8080/topic",
        "signal://localhost:8080/+31600000001/+31600000002",
        "signals://signal.example.org/+31600000001/+31600000002",
        "signals://signal.example.org:8081/+31600000001/+31600000002",
        "signals://evil.example.org@signal.example.org.evil.example.org/+31600000001",
        "workflows://127.0.0.1:443/aaaaaaaaaa/bbbbbbbb/",
        "workflows://logic.azure.com.evil.example.org/aaaaaaaaaa/bbbbbbbb/",
        "workflows://x.logic.azure.com:22/aaaaaaaaaa/bbbbbbbb/",
        "workflows://x.logic.azure.com/aaaaaaaaaa/bbbbbbbb/?template=/etc/passwd",
        f"tgram://{TOKEN}/12345/?redirect=yes",
        f"tgram://{TOKEN}/12345/ json://127.0.0.1",
        f"tgram://{TOKEN}/12345/,json://127.0.0.1",
        f"tgram://{TOKEN}/{'1' * 600}/",
        "ntfy://signal.example.org:99999/topic",
        "ntfy://[::1/topic",
    ],
)
def test_all_else_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        Services({"signal.example.org:8080"}, public=True).name_of(url)
    assert refused.value.field == "url"


def test_in_a_trial_only_ones_own_hosts_are_reached() -> None:
    services = Services({"127.0.0.1:8080"}, public=False)
    assert services.name_of("ntfy://127.0.0.1:8080/topic") == "ntfy"
    with pytest.raises(Refused):
        services.name_of(f"tgram://{TOKEN}/12345/")


async def test_a_service_that_is_allowed_no_more_is_not_written_to(ntfy: Receiver) -> None:
    netloc = urlsplit(ntfy.url).netloc
    assert await Services({netloc}, public=False).send(f"ntfy://{netloc}/nz", "a", "b")
    assert not await Services((), public=False).send(f"ntfy://{netloc}/nz", "a", "b")
    assert len(ntfy.calls) == 1


async def test_a_redirect_is_not_followed(ntfy: Receiver) -> None:
    netloc = urlsplit(ntfy.url).netloc
    ntfy.answers.append(Response(status_code=307, headers={"location": f"{ntfy.url}/inside"}))
    assert not await Services({netloc}, public=False).send(f"ntfy://{netloc}/nz", "a", "b")
    assert [call.path for call in ntfy.calls].count("/inside") == 0
