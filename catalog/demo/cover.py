"""Cover art: a motif by genre, colours by feeling, lettering by decade."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from catalog.demo.covers.motifs import MOTIFS
from catalog.demo.covers.palette import Palette, make_palette
from catalog.demo.seeds import seeded

if TYPE_CHECKING:
    from catalog.demo.library import DemoTrack

_SERIF = "Georgia, 'Times New Roman', serif"
_SANS = "'Helvetica Neue', Helvetica, Arial, sans-serif"
_MONO = "'Courier New', Consolas, monospace"
_HEAVY = "Impact, 'Arial Black', Haettenschweiler, sans-serif"
_FONTS = {
    "ambient": _SANS, "classical": _SERIF, "country": _SERIF, "folk": _SERIF,
    "jazz": _SANS, "blues": _HEAVY, "metal": _HEAVY, "punk": _MONO, "techno": _MONO,
    "hip-hop": _HEAVY, "drum and bass": _MONO, "rock": _HEAVY, "funk": _HEAVY,
}  # fmt: skip


def render_cover(track: DemoTrack) -> bytes:
    """Draw a cover of 600 by 600 as SVG, under 6 KB, without scripts or links.

    Tracks of one album share composition and lettering; each has the colours of its
    own feeling.
    """
    album = (track.artists[0], track.album)
    # Streams of their own: what the colours draw must not move the shapes.
    palette = make_palette(track.energy, track.valence, seeded(*album, "colours"))
    rng = seeded(*album, "cover")
    choices = MOTIFS[track.genre]
    picture = choices[int(rng.integers(0, len(choices)))](palette, rng)
    layout = ("band", "frame", "label")[int(rng.integers(0, 3))]
    body = _LAYOUTS[layout](track, palette, picture)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" '
        f'role="img" aria-label="{_attribute(track)}">{body}</svg>'
    )
    return svg.encode()


def _attribute(track: DemoTrack) -> str:
    text = f"Cover of {track.album} by {' and '.join(track.artists)}"
    return escape(text, {'"': "&quot;"})


def _band(track: DemoTrack, palette: Palette, picture: str) -> str:
    """The picture above, a band of colour with the words below."""
    lines, size = _fit(track.album, 540, 44)
    height = 74 + len(lines) * size * 1.08
    top = 600 - height
    return (
        f'<g transform="translate(0 {-height / 3:.0f})">{picture}</g>'
        f'<rect y="{top:.0f}" width="600" height="{height:.0f}" fill="{palette.back}"/>'
        f'<rect y="{top:.0f}" width="600" height="5" fill="{palette.accent}"/>'
        + _words(lines, size, 30, top + 20 + size * 0.86, track, palette.ink)
        + _artist(track, 30, 576, palette.ink)
    )


def _frame(track: DemoTrack, palette: Palette, picture: str) -> str:
    """The words above, the picture in a frame below."""
    lines, size = _fit(track.album, 520, 46)
    top = 66 + len(lines) * size * 1.08
    side = 600 - top - 36
    scale = 528 / 600
    return (
        f'<rect width="600" height="600" fill="{palette.back}"/>'
        f'<svg x="36" y="{top:.0f}" width="528" height="{side:.0f}" '
        f'viewBox="0 {(600 - side / scale) / 2:.0f} 600 {side / scale:.0f}">'
        f"{picture}</svg>"
        + _words(lines, size, 36, 26 + size * 0.86, track, palette.ink)
        + _artist(track, 36, top - 16, palette.ink)
    )


def _label(track: DemoTrack, palette: Palette, picture: str) -> str:
    """The picture to the edges, the words on a label in a corner."""
    lines, size = _fit(track.album, 330, 36)
    height = 62 + len(lines) * size * 1.08
    is_low = seeded(track.album, "corner").random() < 0.5
    top = 600 - 36 - height if is_low else 36.0
    return (
        picture + f'<rect x="36" y="{top:.0f}" width="378" height="{height:.0f}" '
        f'fill="{palette.back}"/>'
        + _words(lines, size, 60, top + 18 + size * 0.86, track, palette.ink)
        + _artist(track, 60, top + height - 18, palette.ink)
    )


_LAYOUTS = {"band": _band, "frame": _frame, "label": _label}


def _fit(text: str, width: float, largest: float) -> tuple[list[str], float]:
    """Break a title into at most two lines and choose a size that fits."""
    lines = textwrap.wrap(text, 18) if len(text) > 20 else [text]
    if len(lines) > 2:
        lines = textwrap.wrap(text, len(text) // 2 + 4)
    longest = max(len(line) for line in lines)
    return lines, min(largest, width / (longest * 0.62))


def _words(
    lines: list[str], size: float, x: float, y: float, track: DemoTrack, ink: str
) -> str:
    font = _FONTS.get(track.genre, _SANS)
    weight = 400 if font in (_SERIF, _HEAVY) else 700
    slope = ' font-style="italic"' if font == _SERIF and track.year < 1975 else ""
    upper = font == _HEAVY or track.genre in ("techno", "trance", "ambient")
    spans = "".join(
        f'<tspan x="{x:.0f}" y="{y + number * size * 1.08:.0f}">'
        f"{escape(line.upper() if upper else line)}</tspan>"
        for number, line in enumerate(lines)
    )
    return (
        f'<text font-family="{font}" font-size="{size:.0f}" font-weight="{weight}"'
        f'{slope} fill="{ink}">{spans}</text>'
    )


def _artist(track: DemoTrack, x: float, y: float, ink: str) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="{_SANS}" font-size="17" '
        f'letter-spacing="1.5" fill="{ink}" opacity=".8">'
        f"{escape(track.artists[0])}</text>"
    )
