"""What the agent writes on chips is understood by the page, which says it in its language."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from catalog.models import Track
from catalog.search.query import Wish
from chat.agent.arcs import Arc, Waypoint
from chat.agent.chips import chips_of
from chat.agent.choices import MoodPoint, SetMood
from chat.agent.constraints import Constraint, wished
from chat.agent.labels import mood_words
from chat.agent.state import Given
from playlists.library.seeds import Borrowed
from playlists.models import LibraryPart

SCRIPT = Path(__file__).with_name("labels.test.mjs")
LOW, HIGH = MoodPoint(0.1, 0.1), MoodPoint(0.9, 0.9)


def constraints(*, is_refused):
    """Return constraints of every kind whose chip says more than a name."""

    def of(kind, **how):
        return Constraint(kind, "", is_refused=is_refused, **how)

    return [
        of("genre", key="rock", except_genres=("metal",)),
        of("genre", key="pop", except_artists=(1,)),
        of("artist", artist=1),
        *(
            of("years", low=low, high=high)
            for low, high in ((1990, 1999), (2010, 2019))
        ),
        *(
            of("years", low=low, high=high)
            for low, high in ((None, 1980), (1987, 1994))
        ),
        of("years", low=2000),
        of("years"),
        *(of("tempo", low=low, high=high) for low, high in ((None, 90), (90, 120))),
        of("tempo", low=120),
        *(of("duration", low=low, high=high) for low, high in ((None, 180), (90, 240))),
        of("duration", low=120),
        of("language", key="el"),
        *(of("version", key=version.value) for version in Track.Version),
        *(of(kind) for kind in ("instrumental", "explicit", "unheard")),
        of("instrument", key="piano"),
        of("place", key="brazil"),
    ]


def givens():
    for is_refused in (False, True):
        for held in constraints(is_refused=is_refused):
            yield Given(constraints=(held,))
    for low, high in ((None, 0.2), (0.4, 0.6), (0.8, None)):
        yield Given(constraints=(wished(Wish("energy", low, high, "")),))
    for mood in (SetMood(LOW), SetMood(HIGH), SetMood(MoodPoint(0.5, 0.5))):
        words = mood_words(mood)
        yield Given(constraints=(wished(Wish("valence", 0.1, 0.2, words)),))
    path = (Waypoint(energy=0.1), Waypoint(energy=0.9))
    yield Given(arc=Arc(mood_words(SetMood(LOW, HIGH)), path))
    yield Given(words=("sea",), seeds=(1, 2), size=20, minutes=80, is_counted=True)
    yield Given(seeds=(1,), minutes=60)
    yield Given(is_mixed=True)
    for kind in ("", *LibraryPart.Kind.values):
        yield Given(library=Borrowed("spotify", kind))
    yield Given(library=Borrowed("spotify", "lists", 1))


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
def test_the_page_knows_each_form_of_a_label():
    chips = [
        {
            "id": chip.id,
            "kind": chip.kind,
            "label": chip.label,
            "strength": chip.strength,
            "polarity": "exclude" if chip.is_refused else "include",
            "can": [],
        }
        for given in givens()
        for chip in chips_of(given, artists={}, songs={1: "So What by Ada"})
    ]
    # A genre's name, and a year, are the same in every language.
    told = [chip for chip in chips if not re.fullmatch(r"\d{4}", chip["label"])]

    done = subprocess.run(
        ["node", "--test", SCRIPT],
        env={**os.environ, "CHIPS": json.dumps(told)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass 3$", done.stdout, re.MULTILINE)
