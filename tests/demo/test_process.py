"""The demo as a process: quick to start, on this machine only, and gone without a trace."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.demo.conftest import Demo, start_demo

pytestmark = pytest.mark.slow


def _listening(pid: int) -> set[tuple[str, str]]:
    """The addresses (hexadecimal, and port) at which process `pid` listens, IPv4 and IPv6."""
    inodes = set()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        link = one.readlink().name if one.is_symlink() else ""
        if link.startswith("socket:["):
            inodes.add(link[8:-1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                address, _, port = fields[1].partition(":")
                found.add((address, port))
    return found


def test_it_says_in_one_line_where_it_is(demo: Demo) -> None:
    assert demo.said[-1] == f"The demo is ready: open {demo.url} in your browser. Ctrl-C ends it."
    assert demo.seconds < 30


def test_it_listens_on_this_machine_only(demo: Demo) -> None:
    port = urlsplit(demo.url).port
    assert port
    assert _listening(demo.process.pid) == {("0100007F", f"{port:04X}")}


def test_it_leaves_nothing_behind_and_ends_well(tmp_path: Path) -> None:
    running = start_demo(tmp_path)
    assert list(tmp_path.glob("nazorg-demo-*/demo.sqlite3"))
    httpx2.get(f"{running.url}/demo")
    assert running.end() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_no_obstacle(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        running = start_demo(tmp_path, taken)
        assert running.said[0] == f"Port {taken} is taken, so the demo is at another one."
        assert urlsplit(running.url).port != taken
        assert running.end() == 0


def test_a_visitor_without_a_session_comes_to_the_demo(demo: Demo) -> None:
    answer = httpx2.get(demo.url, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/demo")


def test_nothing_new_is_not_sent_again(demo: Demo) -> None:
    first = httpx2.get(f"{demo.url}/demo/stand")
    headers = {"If-None-Match": first.headers["etag"]}
    again = httpx2.get(f"{demo.url}/demo/stand", headers=headers)
    assert again.status_code in (200, 304)  # 200 only if a minute has just begun
    assert again.status_code == 200 or again.content == b""


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org"])
def test_another_name_for_this_machine_is_refused(demo: Demo, host: str) -> None:
    assert httpx2.get(f"{demo.url}/demo", headers={"Host": host}).status_code == 400


def test_another_site_cannot_act(demo: Demo) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = httpx2.post(f"{demo.url}/demo/klok", json={"to": "day"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("klok", b"no json", 400),
        ("klok", b'{"to": "yesterday"}', 400),
        ("bericht", b'{"client": "NOBODY22", "text": "3"}', 409),
        ("bericht", b"[]", 400),
        ("knop", b'{"client": "NOBODY22", "data": "x:y"}', 409),
        ("bericht", b'{"text": "' + b"x" * 20_000 + b'"}', 413),
    ],
)
def test_nonsense_is_refused(demo: Demo, name: str, body: bytes, status: int) -> None:
    assert httpx2.post(f"{demo.url}/demo/{name}", content=body).status_code == status
