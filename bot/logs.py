"""Logs: what happened and where, as JSON lines; never of whom (rule 9).

The libraries' own loggers are kept to warnings: httpx writes every address, with the bot's token
or a number in it, and the APScheduler every tick.
"""

import logging
import sys

import structlog


def configure(level: int = logging.INFO, *, readable: bool | None = None) -> None:
    """Set up logging to standard error, readable on a terminal and JSON elsewhere."""
    if readable is None:
        readable = sys.stderr.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=True)
        if readable
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _without_what_was_said],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("httpx", "httpcore", "twilio", "telegram", "uvicorn", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # These repeat what they were given, which may be a person's words or address.
    for name in ("apprise", "telegram.ext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True


def _without_what_was_said(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """A traceback, or the lines below the first, can hold what a library worked on: keep the
    kind of the error and the first line only."""
    event["event"] = str(event["event"]).partition("\n")[0]
    info = event.pop("exc_info", None)
    if info:
        kind = info[0] if isinstance(info, tuple) else type(info)
        event["error"] = getattr(kind, "__name__", "exception")
    return event
