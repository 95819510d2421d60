"""What is given, in the few words that stand on a chip: "90s", "not country", "calm".

The rule of this file: a label is read off what holds, not off how it was said, so that
nothing stands on a chip that isn't so. Only moods and tempos keep the listener's words,
since nobody thinks of them in numbers.
"""

from __future__ import annotations

from accounts.models import ServiceAccount
from catalog.genres import genre_name
from chat.agent.arcs import Arc
from chat.agent.choices import MoodPoint, SetMood
from chat.agent.constraints import Constraint
from chat.agent.quoting import cleaned, named
from chat.agent.understanding.language_names import LANGUAGE_NAMES
from playlists.library.seeds import Borrowed

MAX_LABEL_CHARS = 60
# Decades before these are told from later ones by their century.
_SHORT_DECADES = range(1950, 2000, 10)
_SONGS_OF = {
    "cover": "covers",
    "demo": "demos",
    "edit": "edits",
    "karaoke": "karaoke versions",
    "remaster": "remasters",
    "remix": "remixes",
}
_LANGUAGES = {code: name.title() for name, code in reversed(LANGUAGE_NAMES.items())}
# How a place of the plane is called: up to each edge, from low to high.
_VALENCES = ((0.2, "sad"), (0.4, "a bit sad"), (0.6, ""), (0.8, "cheerful"))
_ENERGIES = ((0.2, "calm"), (0.4, "fairly calm"), (0.6, ""), (0.8, "lively"))
_HIGHEST = ("happy", "energetic")


# What of a library songs are near to.
_LIBRARY = {
    "liked": "your liked songs",
    "top": "your top songs",
    "recent": "what you played last",
    "lists": "your playlists",
    "": "your music",
}


def library_words(borrowed: Borrowed) -> str:
    """Say what of a service's songs are near to, by its source: never what is in it."""
    one = borrowed.playlist is not None
    what = "a playlist of yours" if one else _LIBRARY[borrowed.kind]
    return f"{what} at {ServiceAccount.Service(borrowed.source).label}"


def language_name(code: str) -> str:
    """Return a language's English name, by its BCP 47 code; the code of a rare one."""
    return _LANGUAGES.get(code.lower().partition("-")[0], code)


def label_of(held: Constraint, *, artist: str = "") -> str:
    """Return the words of a constraint's chip. artist: the name of the one it is of."""
    match held.kind:
        case "genre":
            label = _refusable(held, genre_name(held.key))
            if held.except_genres:
                label += f", but {' and '.join(map(genre_name, held.except_genres))}"
            elif held.except_artists:
                label += ", with exceptions"
        case "artist":
            label = _refusable(held, named(artist) or "an artist")
        case "years":
            label = _refusable(held, years_label(_int(held.low), _int(held.high)))
        case "tempo":
            label = _refusable(held, held.words or _span(held.low, held.high, "BPM"))
        case "duration":
            label = _refusable(held, f"songs {_lengths(held.low, held.high)}")
        case "language":
            label = _refusable(held, f"in {language_name(held.key)}")
        case "version":
            kind = _SONGS_OF.get(held.key, f"{held.key or 'original'} versions")
            label = f"no {kind}" if held.is_refused else kind
        case "instrumental":
            label = "with vocals" if held.is_refused else "instrumental"
        case "explicit":
            label = "nothing explicit" if held.is_refused else "explicit"
        case "unheard":
            label = _refusable(held, "not heard lately")
        case "instrument":
            label = f"{'without' if held.is_refused else 'with'} {held.key}"
        case "place":
            label = _refusable(held, f"from {held.key.title()}")
        case "attribute":
            label = _refusable(held, held.words or _leaning(held))
    return shortened(label) or held.kind


FOR_MIXING = "for mixing"


def arc_label(arc: Arc) -> str:
    """Return the words of an order's chip."""
    return shortened(arc.words)


def years_label(first: int | None, last: int | None) -> str:
    """Say a span of years shortly: "90s", "1987 to 1994", "from 2000"."""
    if first is None and last is None:
        return "any year"
    if first is None:
        return f"until {last}"
    if last is None:
        return f"from {first}"
    if first == last:
        return str(first)
    if first % 10 == 0 and last == first + 9:
        return f"{first % 100}s" if first in _SHORT_DECADES else f"{first}s"
    return f"{first} to {last}"


def mood_words(mood: SetMood) -> str:
    """Say a place of the plane, or a path: "sad, calm", "from sad to happy"."""
    if mood.end is None:
        return place_words(mood.start)
    start, end = (place_words(p).replace(", ", " and ") for p in (mood.start, mood.end))
    return f"from {start} to {end}"


def place_words(point: MoodPoint) -> str:
    """Say where a point of the plane lies: "sad, calm", "energetic", "balanced"."""
    valence = _banded(point.valence, _VALENCES, _HIGHEST[0])
    energy = _banded(point.energy, _ENERGIES, _HIGHEST[1])
    return ", ".join(word for word in (valence, energy) if word) or "balanced"


def _banded(value: float, bands: tuple[tuple[float, str], ...], highest: str) -> str:
    return next((word for edge, word in bands if value <= edge), highest)


def _refusable(held: Constraint, what: str) -> str:
    return f"not {what}" if held.is_refused else what


def _leaning(held: Constraint) -> str:
    name = held.key.removesuffix("_bpm").removesuffix("_lufs")
    if held.low is not None and held.high is not None:
        return f"middling {name}"
    return f"{'low' if held.low is None else 'high'} {name}"


def _span(low: float | None, high: float | None, unit: str) -> str:
    if low is None:
        return f"up to {_int(high)} {unit}"
    if high is None:
        return f"from {_int(low)} {unit}"
    return f"{_int(low)} to {_int(high)} {unit}"


def _lengths(low_s: float | None, high_s: float | None) -> str:
    low, high = _clock(low_s), _clock(high_s)
    if not low:
        return f"up to {high}"
    return f"of {low} to {high}" if high else f"from {low}"


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _int(value: float | None) -> int | None:
    return None if value is None else int(value)


def shortened(label: str) -> str:
    """Return a label on one line that a chip has room for."""
    label = cleaned(label)
    if len(label) <= MAX_LABEL_CHARS:
        return label
    return f"{label[: MAX_LABEL_CHARS - 1].rstrip()}…"
