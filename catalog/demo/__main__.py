"""Render the demo library into a folder: `python -m catalog.demo OUT_FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tqdm import tqdm

from catalog.demo.cover import render_cover
from catalog.demo.encode import write_opus
from catalog.demo.library import demo_tracks
from catalog.demo.synth import render_track
from catalog.demo.synth.signal import RATE_HZ
from catalog.demo.tags import tags_of


def main() -> None:
    """Render all tracks, or those named, as Opus files with their covers."""
    parser = argparse.ArgumentParser(prog="python -m catalog.demo", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", metavar="SLUG", default=None)
    options = parser.parse_args()
    tracks = demo_tracks()
    if options.only:
        unknown = set(options.only) - {track.slug for track in tracks}
        if unknown:
            parser.error(f"no such track: {', '.join(sorted(unknown))}")
        tracks = tuple(track for track in tracks if track.slug in options.only)
    options.folder.mkdir(parents=True, exist_ok=True)
    for track in tqdm(tracks, unit="track"):
        path = options.folder / f"{track.slug}.opus"
        write_opus(path, render_track(track), rate_hz=RATE_HZ, tags=tags_of(track))
        path.with_suffix(".svg").write_bytes(render_cover(track))


if __name__ == "__main__":
    main()
