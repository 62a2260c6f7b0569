"""twilio-python over httpx.

The library's own asynchronous client ignores its time-out (twilio-python#925) and warns with each
call under the newest aiohttp (#931). httpx's exceptions also tell what was never sent.
"""

import logging
from typing import Any

import httpx
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]
    """An HTTP client for `twilio.rest.Client`; httpx's exceptions pass through."""

    def __init__(self) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True, timeout=None)
        self._http = httpx.AsyncClient(timeout=TIMEOUT)

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
        """Make one request."""
        answer = await self._http.request(
            method,
            url,
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            follow_redirects=allow_redirects,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
