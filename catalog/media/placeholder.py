"""A cover for tracks that have none: a quiet record in a colour of its own."""

from uuid import UUID

PLACEHOLDER = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">
<stop offset="0" stop-color="hsl({hue} 24% 42%)"/>
<stop offset="1" stop-color="hsl({other_hue} 30% 22%)"/>
</linearGradient></defs>
<rect width="240" height="240" fill="url(#g)"/>
<g fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="2">
<circle cx="120" cy="120" r="84"/><circle cx="120" cy="120" r="68"/>
<circle cx="120" cy="120" r="52"/></g>
<circle cx="120" cy="120" r="30" fill="#fff" fill-opacity=".28"/>
<circle cx="120" cy="120" r="6" fill="#000" fill-opacity=".45"/>
</svg>
"""


def placeholder_svg(uuid: UUID) -> str:
    """Return the cover of a track without one; the same track gets the same."""
    hue = uuid.int % 360
    return PLACEHOLDER.format(hue=hue, other_hue=(hue + 40) % 360)
