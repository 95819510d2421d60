"""Cheap checks of the whole house: one each for a rule that is easily forgotten."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from django.core.management import call_command
from django.urls import URLPattern, get_resolver

from personalais.env import Env

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(
    [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")]
)
SCRIPTS = sorted(ROOT.glob("static/js/**/*.js"))
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
OWN_FOLDERS = ("personalais", "accounts", "catalog", "playlists", "feedback", "chat")


def relative(path):
    return str(path.relative_to(ROOT))


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_example_environment_names_every_setting_and_no_other():
    example = (ROOT / ".env.example").read_text()
    named = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)

    assert sorted(named) == sorted(name.upper() for name in Env.model_fields)


def test_the_example_environment_is_the_default_one(tmp_path):
    example = tmp_path / "example.env"
    example.write_text((ROOT / ".env.example").read_text())

    class NoEnvironment(Env):
        @classmethod
        def settings_customise_sources(cls, settings_cls, *sources, **named):
            return (named["dotenv_settings"],)

    read = NoEnvironment(_env_file=example)

    defaults = {name: field.default for name, field in Env.model_fields.items()}
    assert {name: getattr(read, name) for name in defaults} == defaults


def test_only_env_reads_the_settings_of_the_environment():
    variables = "|".join(name.upper() for name in Env.model_fields)
    reads = re.compile(
        rf"(environ(\.get\(|\[)|getenv\()\s*[\"']({variables})[\"'](?!\]\s*=[^=])"
    )
    # The bootstrap runs before pydantic is installed.
    allowed = {"personalais/env.py", "personalais/bootstrap.py"}

    found = {
        relative(path)
        for folder in OWN_FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if reads.search(path.read_text())
    }

    assert found <= allowed


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_hold_no_script_style_or_handler_of_their_own(path):
    text = path.read_text()

    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not re.search(r"<style\b|\sstyle=", text)
    assert not re.search(r"\son[a-z]+=[\"']|javascript:", text)
    assert not re.search(r"\b(src|href)=[\"'](https?:)?//", text), (
        "loads from elsewhere"
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_scripts_never_turn_text_into_markup(path):
    text = path.read_text()

    assert not re.search(
        r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write", text
    )


def test_every_url_pattern_has_a_name_or_belongs_to_the_machine():
    nameless = [
        str(pattern.pattern)
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLPattern) and not pattern.name
    ]

    assert nameless == ["health/live", "health/ready"]


def test_every_direct_dependency_is_pinned_and_says_why_it_is_here():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.match(r"^[a-z0-9-]+(\[[a-z,]+\])?==\S+ +# \S", line), line


def test_constraints_agree_with_the_requirements_and_hold_no_gpu_package():
    pins = dict(
        line.lower().replace("_", "-").split("==")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if line and not line.startswith("#")
    )

    for name in ("requirements.txt", "requirements-dev.txt"):
        for match in re.finditer(
            r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE
        ):
            assert pins[match[1]] == match[2]
    assert not [name for name in pins if name.startswith(("nvidia", "cuda", "triton"))]


def test_compose_starts_every_process_and_needs_its_secrets():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())

    services = compose["services"]
    assert set(services) == {"postgres", "redis", "web", "worker", "sweep"}
    for name in ("web", "worker", "sweep"):
        assert services[name]["command"] == [
            "python",
            "-m",
            "personalais.container",
            name,
        ]
        assert ":?" in services[name]["environment"]["SECRET_KEY"]
    # The image says where data lie.
    settings = {name.upper() for name in Env.model_fields} - {"PERSONALAIS_HOME"}
    own = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
    for name in ("web", "worker", "sweep"):
        told = services[name]["environment"]
        assert sorted(told) == sorted(settings)
        # One place says what holds where nothing is said: env.py.
        assert {n: told[n] for n in settings - own} == {
            n: f"${{{n}:-}}" for n in settings - own
        }


def test_the_decision_on_dependencies_names_each_of_them():
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text()

    for name in ("requirements.txt", "requirements-dev.txt"):
        for match in re.finditer(
            r"^([a-z0-9-]+)(?:\[.*?\])?==.*# (.*)$", (ROOT / name).read_text(), re.M
        ):
            assert f"| {match[1]} | {match[2]} |" in page


def linked_from(page):
    """Return the targets of a page's links and images that lie in this repository."""
    # What stands in code is an example.
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    targets = [
        *re.findall(r"\]\(\s*<?([^)\s>]+)", text),
        *re.findall(r"^\[[^\]]+\]:\s*<?([^\s>]+)", text, re.MULTILINE),
        *re.findall(r"<(?:img|a|source)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"", text),
    ]
    return [t for t in targets if not re.match(r"[a-z]+:|//|#", t)]


def test_links_are_found_in_every_way_that_pages_write_them(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        '[a](one.md#part) ![b](two.png "c") [d](https://music.example) [e](#here)\n'
        "[f]: three.md\n<img alt='' src=\"four.png\">\n`[g](code.md)`\n"
    )

    assert linked_from(page) == ["one.md#part", "two.png", "three.md", "four.png"]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_of_the_documentation_leads_somewhere(page):
    missing = [
        target
        for target in linked_from(page)
        if not (page.parent / unquote(re.split("[?#]", target)[0])).exists()
    ]

    assert missing == []
