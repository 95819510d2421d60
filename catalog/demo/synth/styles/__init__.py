"""The styles that the demo library's bands play, by slug."""

from catalog.demo.synth.style import Style
from catalog.demo.synth.styles import acoustic, electric, electronic, roots

STYLES: dict[str, Style] = {
    style.slug: style
    for room in (acoustic, roots, electric, electronic)
    for style in room.STYLES
}
