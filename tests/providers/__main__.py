"""Run the providers as a process of their own: `python -m tests.providers --help`.

So that a benchmark can kill our service while the provider, which saw what was sent, lives on.
"""

import argparse
import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from .control import control_routes
from .server import HttpProvider
from .smtp import SmtpServer
from .telegram import TOKEN, TelegramServer
from .twilio import ACCOUNT_SID, AUTH_TOKEN, TwilioServer


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.providers", description=__doc__)
    parser.add_argument("--telegram-port", type=int, help="serve the Bot API on this port")
    parser.add_argument("--telegram-token", default=TOKEN)
    parser.add_argument("--rate-limits", action="store_true", help="Telegram's documented limits")
    parser.add_argument("--twilio-port", type=int, help="serve Twilio on this port")
    parser.add_argument("--twilio-number", action="append", default=[], metavar="+NUMBER")
    parser.add_argument("--twilio-account-sid", default=ACCOUNT_SID)
    parser.add_argument("--twilio-auth-token", default=AUTH_TOKEN)
    parser.add_argument("--twilio-inbound-url", help="our public webhook for incoming messages")
    parser.add_argument("--smtp-port", type=int, help="serve a mail host on this port")
    parser.add_argument("--deliver-to", help="local address that stands for our public one")
    parser.add_argument("--state-file", type=Path, help="one JSON line for each message accepted")
    return parser.parse_args()


async def main(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM; say on stdout when ready."""
    shared = {
        "allow_loopback": True,
        "deliver_to": options.deliver_to,
        "state_file": options.state_file,
    }
    servers: list[HttpProvider] = []
    if options.telegram_port is not None:
        servers.append(
            TelegramServer(
                options.telegram_token,
                rate_limits=options.rate_limits,
                port=options.telegram_port,
                **shared,
            )
        )
    if options.twilio_port is not None:
        servers.append(
            TwilioServer(
                options.twilio_number,
                inbound_url=options.twilio_inbound_url,
                account_sid=options.twilio_account_sid,
                auth_token=options.twilio_auth_token,
                port=options.twilio_port,
                **shared,
            )
        )
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        for server in servers:
            server.extra_routes = control_routes(server)
            await stack.enter_async_context(server)
            sys.stdout.write(f"{server.name} on port {server.port}\n")
        if options.smtp_port is not None:
            mail = await stack.enter_async_context(SmtpServer(port=options.smtp_port))
            sys.stdout.write(f"smtp on port {mail.port}\n")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
