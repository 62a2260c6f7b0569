"""A municipality's own look: what a theme file may hold, and that the stylesheet listens to it."""

import re
from pathlib import Path

import pytest

from aftercare.service import Service
from staff.theme import LARGEST, WrongTheme, parse_theme, read_theme
from staff.visit import FOLDER
from tests.staff.world import browser

STYLESHEET = (FOLDER / "static" / "console.css").read_text()
THEME = """/* Velsen: blue,
   and its own face; see the manual */
.velsen-theme {
  --utrecht-button-primary-action-background-color: #003b7a;
  --nazorg-color-header: hsl(210 100% 20%); /* darker */
  --nazorg-font: "Fira Sans", sans-serif;
  --nazorg-color-action-soft: color-mix(in srgb, var(--nazorg-color-action) 10%, white)
}
"""


def test_tokens_are_taken_over_and_nothing_else() -> None:
    assert parse_theme(THEME).css == (
        ":root {\n"
        "  --utrecht-button-primary-action-background-color: #003b7a;\n"
        "  --nazorg-color-header: hsl(210 100% 20%);\n"
        '  --nazorg-font: "Fira Sans", sans-serif;\n'
        "  --nazorg-color-action-soft: "
        "color-mix(in srgb, var(--nazorg-color-action) 10%, white);\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "line 1: must be one rule"),
        ("--a: red;", "line 1: must be one rule"),
        ("body { --a: red; }", "line 1: must be one rule"),
        ("\n@import 'x.css'; :root { --a: red }", "line 2: must be one rule"),
        (":root { --a: red; ", "line 1: must be one rule"),
        (":root {\n --a: red;\n color: red;\n}", "line 3: must be --NAME: VALUE"),
        (":root {\n --a: ;\n}", "line 2: must be --NAME: VALUE"),
        (":root {\n\n --a: URL(//evil.example);\n}", "line 3: url() may not be used"),
        (":root { --a: image-set('x' 1x) }", "line 1: image-set() may not be used"),
        (":root { --a: u\\72l(x) }", "line 1: "),
        (":root {\n --a: red</style>;\n}", "line 2: the value of --a may hold"),
        (":root {\n --a: 'open;\n --b: red'\n}", "line 2: the value of --a may hold"),
        (":root {\n --a: rgb(1 2 3;\n}", "line 2: the value of --a may hold"),
        (":root { --a: red }\n\nbody { --a: red }", "line 3: nothing may follow"),
        (":root { --a: @media x }", "line 1: the value of --a may hold"),
        (":root { --a: red;\n/* two\nlines */ b: c }", "line 3: must be --NAME: VALUE"),
        (":root { --a: red; /* never closed", "line 1: must be one rule"),
    ],
)
def test_anything_else_is_refused_by_its_line(text: str, complaint: str) -> None:
    with pytest.raises(WrongTheme) as caught:
        parse_theme(text)
    assert str(caught.value).startswith(complaint)


@pytest.mark.parametrize("content", [b"\xff\xfe:root {}", b" " * LARGEST + b":root {}"])
def test_a_file_that_is_no_text_or_huge_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "theme.css"
    file.write_bytes(content)
    with pytest.raises(WrongTheme):
        read_theme(file)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_each_page_has_the_theme_after_the_stylesheet(service: Service) -> None:
    theme = parse_theme(THEME)
    async with browser(service, theme=theme) as web:
        page = (await web.get("/inloggen")).text
        sheets = re.findall(r'rel="stylesheet" href="([^"?]+)', page)
        assert sheets == ["/static/console.css", "/static/theme.css"]
        answer = await web.get(theme.address)
    assert answer.text == theme.css
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    async with browser(service) as web:
        assert "theme.css" not in (await web.get("/inloggen")).text
        assert (await web.get("/static/theme.css")).status_code == 404


def test_every_colour_of_the_stylesheet_is_a_token() -> None:
    declarations = re.findall(r"([\w-]+)\s*:\s*([^;{}]+);", STYLESHEET)
    colour = re.compile(
        r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|lab|lch)a?\(|\b(white|black|gr[ae]y|red)\b"
    )
    fixed = {f"{name}: {value}" for name, value in declarations if colour.search(value)}
    assert {one for one in fixed if not one.startswith("--nazorg-")} == set()
    used = set(re.findall(r"var\((--nazorg-[\w-]+)", STYLESHEET))
    assert used <= {name for name, _ in declarations}
