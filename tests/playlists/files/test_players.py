"""A player of others opens the files: mpv, where it is installed (apt-get install mpv).

The addresses lead to nothing, so it plays nothing; it says which ones it tried, in which
order, and by which titles.
"""

import re
import shutil
import subprocess

import pytest

from playlists.files import m3u8, xspf
from playlists.files.listing import entry_made, listing_made

MPV = shutil.which("mpv")
# Nobody listens there: each is refused at once.
TITLES = ["Rain, Again", "שיר", "=1+1 ]]> <b>"]
LISTING = listing_made(
    "Evening",
    [
        entry_made(
            title=title,
            artists=["Ada Lane"],
            duration_ms=61_000,
            location=f"http://127.0.0.1:9/{n}.ogg?key=a:b",
        )
        for n, title in enumerate(TITLES)
    ],
)


@pytest.mark.skipif(MPV is None, reason="mpv isn't installed")
@pytest.mark.parametrize("form", [m3u8, xspf], ids=["M3U8", "XSPF"])
def test_mpv_opens_each_song_in_order(tmp_path, form):
    path = tmp_path / f"list.{form.SUFFIX}"
    path.write_bytes(form.write(LISTING))
    options = (
        "--no-config",
        "--vo=null",
        "--ao=null",
        "--idle=no",
        "--load-scripts=no",
    )
    told = "--term-playing-msg=", "--msg-level=all=v"

    ran = subprocess.run(
        [MPV, *options, *told, str(path)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    opened = re.findall(r"Playing: (http://127\S+)", ran.stdout + ran.stderr)
    assert opened == [entry.location for entry in LISTING.entries]
