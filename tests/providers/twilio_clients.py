"""twilio-python at another base address, over httpx.

`client.api.base_url` is the whole of the direction: the library makes every address from it, those
of further pages too. Its own asynchronous HTTP client is not used: it ignores its `timeout`, so
that a hanging call hangs for ever (twilio-python#925), and it warns with each call under
aiohttp 3.14 (twilio-python#931).
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from .twilio import ACCOUNT_SID, AUTH_TOKEN


@asynccontextmanager
async def connected(
    base: str,
    *,
    account_sid: str = ACCOUNT_SID,
    auth_token: str = AUTH_TOKEN,
    seconds: float = 5.0,
) -> AsyncIterator[Any]:
    """A `Client` for the `..._async` calls at `base`; `seconds` bounds each wait on the network."""
    async with httpx.AsyncClient(timeout=seconds, trust_env=False, verify=False) as http:
        client = Client(account_sid, auth_token, http_client=HttpxClient(http))
        client.api.base_url = base
        yield client


class HttpxClient(AsyncHttpClient):  # type: ignore[misc]
    """What twilio-python asks of an HTTP client; httpx's exceptions pass through."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self._http = http

    async def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Make the request."""
        answer = await self._http.request(
            method,
            url,
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            follow_redirects=allow_redirects,
        )
        return Response(answer.status_code, answer.text, answer.headers)
