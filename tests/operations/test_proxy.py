"""Who asks? Behind a proxy that is what the proxy says; of anybody else, where they come from.

Sign-in slows down by address (`staff.sign_in`), so a forged address must not help.
"""

from pathlib import Path

import httpx
from sqlalchemy import select

from bot.opening import open_service
from storage.encryption import KeyRing, new_key, use
from storage.models import SignInFailure
from tests.bot.process import Nazorg
from tests.operations.conftest import settings_of

ELSEWHERE = "127.0.0.2"
"""On this machine too, but not an address from which a proxy is believed."""


async def test_only_a_proxy_on_this_machine_is_believed(tmp_path: Path, key_ring: KeyRing) -> None:
    keys = new_key()
    nazorg = Nazorg(tmp_path, NAZORG_KEYS=keys)
    await nazorg.start()
    try:
        for source, said in (("127.0.0.1", "203.0.113.7"), (ELSEWHERE, "203.0.113.8")):
            transport = httpx.AsyncHTTPTransport(local_address=source)
            async with httpx.AsyncClient(transport=transport) as http:
                answer = await http.post(
                    f"{nazorg.url}/inloggen",
                    data={"email": "iemand@example.org", "password": "niet het goede"},
                    headers={"X-Forwarded-For": said, "X-Forwarded-Proto": "https"},
                )
                assert answer.status_code == 422
        here = settings_of(nazorg.data, keys)
        async with open_service(here) as service, service.database.read() as session:
            counted = set(await session.scalars(select(SignInFailure.subject)))
        ring = KeyRing.parse(keys)
        seen = {
            address
            for address in ("203.0.113.7", "203.0.113.8", "127.0.0.1", ELSEWHERE)
            if ring.look_up("sign-in address", address) in counted
        }
        assert seen == {"203.0.113.7", ELSEWHERE}
    finally:
        await nazorg.end()
        use(key_ring)
