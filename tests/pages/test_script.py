"""The page's script, as far as it can be tested without a browser."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
@pytest.mark.parametrize("name", ["reduce", "markdown", "changing", "player"])
def test_what_needs_no_page_in_node(name):
    done = subprocess.run(
        ["node", "--test", Path(__file__).with_name(f"{name}.test.mjs")],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass [1-9]", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_words_never_become_markup(path):
    code = path.read_text()

    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"):
        assert way not in code
    assert not re.search(r"\beval\(|new Function\(", code)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_type_checked_by_editors(path):
    assert path.read_text().startswith("// @ts-check\n")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_imports_stay_on_this_site_and_exist(path):
    for name in re.findall(r'from "([^"]+)"', path.read_text()):
        assert name.startswith("."), name
        assert (path.parent / name).is_file(), name


def test_the_script_speaks_the_servers_protocol():
    from chat.protocol.frame import SUBPROTOCOL

    code = (ROOT / "static" / "js" / "protocol.js").read_text()

    assert f'"{SUBPROTOCOL}"' in code


def test_the_drawers_widths_are_those_of_the_styles():
    script = (ROOT / "static" / "js" / "drawers.js").read_text()
    layout = (ROOT / "static" / "css" / "layout.css").read_text()

    widths = set(re.findall(r"max-width: \d+rem", script))

    assert widths
    assert widths == set(re.findall(r"max-width: \d+rem", layout))
