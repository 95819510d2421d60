"""Pictures for covers: each fills a square of 600 by 600 with SVG shapes."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from catalog.demo.covers.palette import Palette

Motif = Callable[[Palette, np.random.Generator], str]


def _circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{fill}" {more}/>'


def _rect(
    x: float, y: float, width: float, height: float, fill: str, more: str = ""
) -> str:
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'fill="{fill}" {more}/>'
    )


def _shape(points: list[tuple[float, float]], fill: str, more: str = "") -> str:
    text = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    return f'<polygon points="{text}" fill="{fill}" {more}/>'


def _line(d: str, stroke: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}" {more}/>'


def ripples(p: Palette, rng: np.random.Generator) -> str:
    """Rings around a point, as on still water."""
    x, y = rng.uniform(150, 450, 2)
    out = [_rect(0, 0, 600, 600, p.deep)]
    for number in range(11, 0, -1):
        shade = (p.main, p.deep, p.back)[number % 3]
        out.append(
            _circle(x, y, number * 48 + rng.uniform(-9, 9), shade, 'opacity=".8"')
        )
    out.append(_circle(x, y, 24, p.accent))
    return "".join(out)


def haze(p: Palette, rng: np.random.Generator) -> str:
    """Soft lights through mist."""
    out = [
        '<defs><filter id="b" x="-50%" y="-50%" width="200%" height="200%">'
        '<feGaussianBlur stdDeviation="46"/></filter></defs>',
        _rect(0, 0, 600, 600, p.deep),
        '<g filter="url(#b)">',
    ]
    for fill in (p.main, p.back, p.accent, p.main, p.accent):
        x, y = rng.uniform(40, 560, 2)
        out.append(_circle(x, y, rng.uniform(70, 170), fill, 'opacity=".85"'))
    out.append("</g>")
    height = rng.uniform(380, 470)
    out.append(_line(f"M0 {height:.0f}H600", p.ink, 1.5, 'opacity=".5"'))
    out.append(_circle(rng.uniform(150, 450), height - 90, 34, p.ink, 'opacity=".9"'))
    return "".join(out)


def peaks(p: Palette, rng: np.random.Generator) -> str:
    """Ranges of hills under a sun or a moon."""
    out = [_rect(0, 0, 600, 600, p.back)]
    out.append(_circle(rng.uniform(140, 460), rng.uniform(130, 220), 78, p.accent))
    for depth, fill in enumerate((p.main, p.deep, p.ink)):
        base = 300 + depth * 95
        points = [(0.0, 600.0)]
        x = 0.0
        while x < 600:
            points.append((x, base + rng.uniform(-75, 45)))
            x += rng.uniform(60, 130)
        points += [(600.0, base + rng.uniform(-40, 40)), (600.0, 600.0)]
        out.append(_shape(points, fill, 'opacity=".88"'))
    return "".join(out)


def bars(p: Palette, rng: np.random.Generator) -> str:
    """Upright bars of many heights, with one note out of line."""
    out = [_rect(0, 0, 600, 600, p.main)]
    count = int(rng.integers(6, 11))
    width = 600 / count
    odd = int(rng.integers(0, count))
    for number in range(count):
        height = rng.uniform(120, 520)
        fill = p.accent if number == odd else p.deep
        top = 0 if rng.random() < 0.5 else 600 - height
        out.append(_rect(number * width, top, width * 0.82, height, fill))
    out.append(_circle((odd + 0.4) * width, rng.uniform(150, 450), 52, p.back))
    return "".join(out)


def mosaic(p: Palette, rng: np.random.Generator) -> str:
    """Quarter circles on a grid."""
    size = float(rng.choice([100, 120, 150]))
    out = [_rect(0, 0, 600, 600, p.back)]
    for column in range(int(600 / size)):
        for row in range(int(600 / size)):
            x, y = column * size, row * size
            out.append(
                _rect(x, y, size, size, str(rng.choice([p.back, p.main, p.deep])))
            )
            fill = str(rng.choice([p.accent, p.main, p.deep, p.back]))
            s = f"{size:.0f}"
            path = str(
                rng.choice(
                    [
                        f"M{x:.0f} {y:.0f}h{s}a{s} {s} 0 0 1 -{s} {s}z",
                        f"M{x:.0f} {y:.0f}v{s}h{s}a{s} {s} 0 0 0 -{s} -{s}z",
                        f"M{x + size:.0f} {y + size:.0f}h-{s}a{s} {s} 0 0 1 {s} -{s}z",
                    ]
                )
            )
            out.append(f'<path d="{path}" fill="{fill}"/>')
    return "".join(out)


def shards(p: Palette, rng: np.random.Generator) -> str:
    """Splinters that fly from one point."""
    x, y = rng.uniform(180, 420, 2)
    out = [_rect(0, 0, 600, 600, p.deep)]
    turn = rng.uniform(0, 6.28)
    for number in range(17):
        start = turn + number * 2 * math.pi / 17
        end = start + rng.uniform(0.1, 0.3)
        reach = rng.uniform(260, 700)
        fill = str(
            rng.choice([p.main, p.accent, p.back, p.ink], p=[0.4, 0.2, 0.3, 0.1])
        )
        out.append(
            _shape(
                [
                    (x, y),
                    (x + reach * math.cos(start), y + reach * math.sin(start)),
                    (x + reach * math.cos(end), y + reach * math.sin(end)),
                ],
                fill,
            )
        )
    out.append(_circle(x, y, 30, p.back))
    return "".join(out)


def halftone(p: Palette, rng: np.random.Generator) -> str:
    """Printed dots that swell across the sheet."""
    out = [_rect(0, 0, 600, 600, p.main)]
    out.append(_circle(rng.uniform(200, 400), rng.uniform(200, 400), 190, p.accent))
    angle = rng.uniform(0, 6.28)
    for row in range(11):
        for column in range(11):
            x, y = column * 60 + (row % 2) * 30, row * 60
            along = (x - 300) * math.cos(angle) + (y - 300) * math.sin(angle)
            r = 4 + 20 / (1 + math.exp(-along / 120))
            out.append(f'<circle cx="{x}" cy="{y}" r="{r:.0f}"/>')
    return out[0] + out[1] + f'<g fill="{p.deep}">' + "".join(out[2:]) + "</g>"


def sunset(p: Palette, rng: np.random.Generator) -> str:
    """A striped sun over a grid that runs to the horizon."""
    out = [_rect(0, 0, 600, 600, p.deep), _circle(300, 270, 170, p.accent)]
    out.extend(
        _rect(100, 280 + slit * 26, 400, 5 + slit * 2.4, p.deep) for slit in range(6)
    )
    out.append(_rect(0, 420, 600, 180, p.back))
    out.extend(
        _line(f"M{300 + number * 26} 420L{300 + number * 130} 600", p.main, 2)
        for number in range(-8, 9)
    )
    out.extend(
        _line(f"M0 {420 + number**2 * 7.2:.0f}H600", p.main, 2) for number in range(6)
    )
    for _ in range(14):
        x, y = rng.uniform(0, 600), rng.uniform(0, 200)
        out.append(_circle(x, y, 2, p.ink))
    return "".join(out)


def waves(p: Palette, rng: np.random.Generator) -> str:
    """Rows of swell, one before the other."""
    out = [_rect(0, 0, 600, 600, p.back)]
    out.append(_circle(rng.uniform(150, 450), 170, 85, p.accent))
    for row in range(6):
        y = 235 + row * 62
        length, lift = rng.uniform(80, 150), rng.uniform(20, 46)
        x = -rng.uniform(0, 150)
        path = f"M{x:.0f} {y:.0f}"
        while x < 640:
            path += f"q{length / 2:.0f} {-lift:.0f} {length:.0f} 0t{length:.0f} 0"
            x += 2 * length
        out.append(
            f'<path d="{path}V600H0z" fill="{(p.main, p.deep, p.ink)[row % 3]}" '
            f'opacity="{0.6 + 0.06 * row:.2f}"/>'
        )
    return "".join(out)


def skyline(p: Palette, rng: np.random.Generator) -> str:
    """Houses at night, a few windows lit."""
    out = [_rect(0, 0, 600, 600, p.main)]
    out.append(_circle(rng.uniform(120, 480), rng.uniform(90, 170), 60, p.accent))
    x = -10.0
    while x < 600:
        width, height = rng.uniform(70, 130), rng.uniform(180, 430)
        fill = str(rng.choice([p.deep, p.ink, p.back]))
        out.append(_rect(x, 600 - height, width, height, fill))
        lit = p.accent if fill != p.back else p.main
        for _ in range(4):
            wx = x + 12 + rng.integers(0, max(1, int(width / 24) - 1)) * 24
            wy = 600 - height + 20 + rng.integers(0, int(height / 34)) * 34
            out.append(_rect(wx, wy, 12, 18, lit))
        x += width + 4
    return "".join(out)


def strings(p: Palette, rng: np.random.Generator) -> str:
    """Lines under tension, bowed at one place."""
    out = [_rect(0, 0, 600, 600, p.back)]
    out.append(_circle(rng.uniform(180, 420), rng.uniform(200, 400), 150, p.main))
    middle = rng.uniform(180, 420)
    pull = rng.uniform(-140, 140)
    for number in range(15):
        y = 60 + number * 35
        bend = pull * math.exp(-(((y - 300) / 130) ** 2))
        path = f"M0 {y}Q{middle:.0f} {y + bend:.0f} 600 {y}"
        out.append(_line(path, p.ink if number % 5 else p.accent, 2 + number % 3))
    return "".join(out)


def blocks(p: Palette, rng: np.random.Generator) -> str:
    """A machine's pattern: steps on a grid, some of them on."""
    out = [_rect(0, 0, 600, 600, p.deep)]
    for row in range(8):
        beats = rng.random(8) < rng.uniform(0.15, 0.75)
        for column in range(8):
            fill = p.accent if beats[column] and column % 4 == 0 else p.main
            if beats[column]:
                out.append(_rect(column * 75 + 8, row * 75 + 8, 59, 59, fill))
    return "".join(out)


def tunnel(p: Palette, rng: np.random.Generator) -> str:
    """Squares that turn as they shrink."""
    out = [_rect(0, 0, 600, 600, p.deep)]
    twist = rng.uniform(4, 15) * rng.choice([-1, 1])
    shades = (p.main, p.deep, p.accent, p.back)
    for number in range(15):
        size = 760 * 0.8**number
        more = f'transform="rotate({twist * number:.0f} 300 300)"'
        at = 300 - size / 2
        out.append(_rect(at, at, size, size, shades[number % 4], more))
    return "".join(out)


def shapes(p: Palette, rng: np.random.Generator) -> str:
    """Circle, square and triangle, as a design school would set them."""
    out = [_rect(0, 0, 600, 600, p.back)]
    x, y = rng.uniform(170, 430, 2)
    out.append(_circle(x, y, 165, p.main))
    turn = rng.uniform(-30, 30)
    at = rng.uniform(60, 300)
    out.append(
        _rect(
            at,
            at,
            210,
            210,
            p.deep,
            f'transform="rotate({turn:.0f} 300 300)" opacity=".92"',
        )
    )
    a, b = rng.uniform(120, 480, 2)
    out.append(_shape([(a, b - 120), (a + 130, b + 110), (a - 130, b + 110)], p.accent))
    out.extend(
        _line(f"M{40 + number * 16} 40V{rng.uniform(120, 560):.0f}", p.ink, 4)
        for number in range(6)
    )
    return "".join(out)


def rain(p: Palette, rng: np.random.Generator) -> str:
    """Slanting rain before a lamp."""
    out = [_rect(0, 0, 600, 600, p.back)]
    x = rng.uniform(180, 420)
    for r, share in ((230, 0.12), (160, 0.2), (95, 0.4), (42, 1)):
        out.append(_circle(x, 220, r, p.accent, f'opacity="{share}"'))
    out.append(_rect(0, 470, 600, 130, p.deep))
    for _ in range(42):
        a, b = rng.uniform(-30, 600), rng.uniform(-40, 560)
        length = rng.uniform(30, 90)
        path = f"M{a:.0f} {b:.0f}l{length * 0.25:.0f} {length:.0f}"
        out.append(_line(path, p.ink, 2, 'opacity=".45"'))
    return "".join(out)


def disc(p: Palette, rng: np.random.Generator) -> str:
    """A record, half out of its sleeve."""
    x, y = rng.uniform(220, 380), rng.uniform(240, 360)
    out = [_rect(0, 0, 600, 600, p.main), _rect(0, 0, 300, 600, p.accent)]
    out.append(_circle(x, y, 225, p.ink))
    out.extend(
        _circle(x, y, r, "none", f'stroke="{p.deep}" stroke-width="3"')
        for r in range(100, 220, 14)
    )
    out.append(_circle(x, y, 82, p.back))
    out.append(_circle(x, y, 46, p.accent))
    out.append(_circle(x, y, 9, p.ink))
    return "".join(out)


def rays(p: Palette, rng: np.random.Generator) -> str:
    """A sun with wide rays."""
    x, y = rng.uniform(200, 400), rng.uniform(330, 520)
    out = [_rect(0, 0, 600, 600, p.back)]
    turn = rng.uniform(0, 0.3)
    for number in range(0, 24, 2):
        a, b = (turn + math.pi * n / 12 for n in (number, number + 1))
        out.append(
            _shape(
                [
                    (x, y),
                    (x + 900 * math.cos(a), y + 900 * math.sin(a)),
                    (x + 900 * math.cos(b), y + 900 * math.sin(b)),
                ],
                p.main,
            )
        )
    out.append(_circle(x, y, 130, p.accent))
    out.append(_circle(x, y, 92, p.deep))
    return "".join(out)


MOTIFS: dict[str, tuple[Motif, ...]] = {
    "ambient": (haze, ripples),
    "blues": (rain, bars, disc),
    "classical": (strings, peaks),
    "country": (peaks, rays),
    "disco": (halftone, disc),
    "downtempo": (rain, haze),
    "drum and bass": (tunnel, shards),
    "folk": (peaks, waves),
    "funk": (rays, halftone),
    "hip-hop": (skyline, blocks),
    "house": (mosaic, halftone),
    "jazz": (bars, shapes, strings),
    "latin": (waves, rays, mosaic),
    "lo-fi": (rain, skyline, waves),
    "metal": (shards, peaks),
    "pop": (halftone, shapes),
    "punk": (shards, halftone),
    "reggae": (rays, waves),
    "rock": (shards, disc, rays, haze),
    "soul": (disc, shapes, bars),
    "synth-pop": (sunset, shapes, mosaic),
    "techno": (blocks, tunnel, ripples),
    "trance": (ripples, sunset),
}
