"""The styles that the demo library's bands play, by slug."""

from catalog.demo.synth.style import Style
from catalog.demo.synth.styles import (
    acoustic,
    ambient,
    beats,
    club,
    dance_bands,
    loud,
    roots,
)

STYLES: dict[str, Style] = {
    style.slug: style
    for family in (acoustic, roots, loud, dance_bands, ambient, beats, club)
    for style in family.STYLES
}
