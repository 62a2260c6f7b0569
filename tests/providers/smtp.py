"""A mail host for staff notices, to be reached with smtplib (as apprise does)."""

import asyncio
import socket
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

ENHANCED = {451: "4.3.0", 550: "5.1.1"}


@dataclass(frozen=True)
class Mail:
    """One message that was accepted, with its envelope."""

    mail_from: str
    rcpt_to: list[str]
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        """The body; the plain text if there is one."""
        body = self.message.get_body(("plain", "html"))
        return "" if body is None else str(body.get_content())


class SmtpServer:
    """A mail host on 127.0.0.1, inside the running event loop: call smtplib from a thread.

    `refuse` (451: try later, 550: never) refuses every recipient until `accept()`. While `down`
    the port refuses connections; `stop()` and `start()` switch that.
    """

    def __init__(self, *, port: int = 0, refuse: int | None = None, down: bool = False) -> None:
        self.port = port
        self.messages: list[Mail] = []
        self._refuse = refuse
        self._down = down
        self._server: asyncio.Server | None = None
        self._arrived = asyncio.Event()
        self._open: set[asyncio.Transport] = set()

    async def __aenter__(self) -> Self:
        await self.start()
        if self._down:
            await self.stop()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as before."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Host(self, self._open), sock=listener)

    async def stop(self) -> None:
        """Go down: drop what is open and listen no more."""
        if self._server is not None:
            self._server.close()
            for transport in list(self._open):
                transport.abort()
            await self._server.wait_closed()
            await asyncio.sleep(0)
            self._server = None

    def refuse(self, code: int) -> None:
        """Refuse recipients from here on with this SMTP code."""
        self._refuse = code

    def accept(self) -> None:
        """Accept recipients again."""
        self._refuse = None

    async def wait(self, count: int = 1, within: float = 5.0) -> list[Mail]:
        """Wait until at least `count` messages have come in all; return all of them.

        Raises TimeoutError after `within` seconds.
        """
        async with asyncio.timeout(within):
            while len(self.messages) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.messages

    # The hooks of aiosmtpd.

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """RCPT TO."""
        if self._refuse is not None:
            return f"{self._refuse} {ENHANCED.get(self._refuse, '5.0.0')} refused by the mail host"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The end of DATA."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        sender, recipients = envelope.mail_from or "", [str(to) for to in envelope.rcpt_tos]
        self.messages.append(Mail(sender, recipients, message))
        self._arrived.set()
        return "250 OK"


class _Host(SMTP):
    """One connection; keeps the transport at hand so that `stop()` can drop it."""

    def __init__(self, handler: SmtpServer, open_connections: set[asyncio.Transport]) -> None:
        super().__init__(handler, hostname="mail.test", enable_SMTPUTF8=True)
        self._connections = open_connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._connections.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self._connections.discard(self.transport)
        super().connection_lost(error)
