"""The telephone numbers that the bot may name; one place, to be checked once a year.

To check: call or look up each number, correct it here, and set `CHECKED` to that day. A test
fails when the check is more than a year old.
"""

from datetime import date

CHECKED = date(2026, 11, 22)
"""The day on which the numbers were last held against their source (the domain documents)."""

EMERGENCY = "112"
SUICIDE_PREVENTION = "113"
SUICIDE_PREVENTION_CHAT = "113.nl"
SAFE_HOME = "0800-2000"
"""Veilig Thuis: violence at home."""
