"""A site with songs to hear, and a listener who clicks and types."""

import math
import struct
import wave

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from catalog.models import Track
from tests.factories import make_catalog

PASSWORD = "warm slow rain"
RATE_HZ = 8000
TONE_S = 30
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What a look alone can break.
COLOURS = ("color-contrast", "link-in-text-block")
LOOKS = {"light": STANDARDS, "dark": COLOURS}
# Colours change within the frames after the look does.
PAINTED = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
# Colours that are on their way to another look are no one's to read.
SETTLED = """Promise.allSettled(
  document.getAnimations()
    .filter((one) => one instanceof CSSTransition)
    .map((one) => one.finished))"""


@pytest.fixture(scope="session")
def base_url():
    """Stand in for pytest-base-url's fixture, which newer pytests warn of."""
    return ""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Spare the machine what moves: without a GPU, each picture is the CPU's work."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(scope="session", autouse=True)
def database_before_browser(django_db_setup):
    """Make the database first: Django refuses to while Playwright's loop is running."""


def write_tone(path):
    """Write a soft tone that any browser plays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = (
        round(1500 * math.sin(2 * math.pi * 220 * n / RATE_HZ))
        for n in range(RATE_HZ * TONE_S)
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(b"".join(struct.pack("<h", s) for s in samples))


@pytest.fixture
def catalog(site):
    """Fill the site with 96 songs of eight genres, all but one with audio."""
    tone = site.home / "media" / "audio" / "tone.wav"
    if not tone.exists():
        write_tone(tone)
    make_catalog()
    Track.objects.update(audio_path="audio/tone.wav", duration_ms=TONE_S * 1000)
    return site


class Listener:
    """What a person does on the page, and what they see then."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.problems: list[str] = []
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self.note)

    def note(self, message):
        """Keep what the browser complains of: a broken policy, a failed load."""
        if message.type == "error":
            self.problems.append(message.text)

    def open(self, path="/"):
        self.page.goto(self.url + path)

    def sign_up(self, name="ada", *, sees_welcome=False):
        self.open("/account/sign-up/")
        self.page.get_by_label("User name").fill(name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign up").click()
        self.wait_online()
        if not sees_welcome:
            # Noted, so that no page that is opened next begins with it.
            with self.page.expect_response("**/account/welcomed/"):
                self.page.get_by_role("button", name="Skip").click()

    def wait_online(self):
        online = self.page.locator("#composer[data-link=online]")
        expect(online).to_be_visible(timeout=30_000)

    @property
    def turns(self):
        return self.page.locator(".turn")

    @property
    def rows(self):
        return self.page.locator("#rows > .row")

    def say(self, words):
        """Say something and wait until the reply has ended. Returns the turn."""
        count = self.turns.count()
        self.page.get_by_role("textbox", name="Message").fill(words)
        self.page.keyboard.press("Enter")
        return self.reply(count)

    def reply(self, count):
        """Wait for the turn after `count` others to end."""
        turn = self.turns.nth(count)
        expect(turn).to_have_attribute("data-status", "done", timeout=30_000)
        return turn

    def playlist(self):
        """Return the titles in the playlist, from the top."""
        return self.page.locator("#rows .song__title").all_inner_texts()

    def seconds(self):
        """Return how far the song has played."""
        return self.page.evaluate("document.getElementById('audio').currentTime")

    def wait_until_heard(self, seconds=0.3):
        """Wait until the song has played for so long."""
        self.page.wait_for_function(
            "s => document.getElementById('audio').currentTime > s", arg=seconds
        )


@pytest.fixture
def listener(page, catalog):
    """Return a listener at a desk; fails when the browser has complained."""
    page.set_viewport_size({"width": 1440, "height": 900})
    listener = Listener(page, catalog.url)
    yield listener
    assert listener.problems == []


@pytest.fixture
def phone(browser, browser_context_args, catalog):
    """Return a listener with a telephone; fails when its browser has complained."""
    context = browser.new_context(
        **browser_context_args,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    listener = Listener(context.new_page(), catalog.url)
    yield listener
    context.close()
    assert listener.problems == []


@pytest.fixture
def check_accessible():
    """Check any page as it stands: all of it, and its colours in the other look."""

    def check(page, what):
        for look, rules in LOOKS.items():
            page.emulate_media(color_scheme=look)
            page.evaluate(PAINTED)
            page.evaluate(SETTLED)
            # Telling what is right as well takes as long as all the rest.
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            found = Axe().run(page, options=options).response["violations"]
            broken = [
                (rule["id"], node["html"][:90], node["failureSummary"][-160:])
                for rule in found
                if rule["impact"] in ("serious", "critical")
                for node in rule["nodes"]
            ]
            assert broken == [], f"{what}, {look}"

    return check


@pytest.fixture
def assert_accessible(page, check_accessible):
    """Check the page as it stands, in both looks."""

    def check(what):
        check_accessible(page, what)

    return check
