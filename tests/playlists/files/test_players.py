"""Players of others open the files: VLC and mpv, where they are installed.

`apt-get install vlc-bin vlc-plugin-base mpv`. The addresses lead to nothing, so they play
nothing; they say what they tried to open, in which order, and by which names.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from playlists.files import m3u8, xspf
from playlists.files.listing import entry_made, listing_made

MPV, VLC = shutil.which("mpv"), shutil.which("vlc")
NOBODY = 65534
TITLES = ["Rain, Again", "שיר", "=1+1 ]]> <b>"]
# Nobody listens there: each is refused at once.
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
LOCATIONS = [entry.location for entry in LISTING.entries]


@pytest.fixture
def folder():
    """Make a folder that nobody may use: VLC refuses to be run by root."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        yield Path(made)


def said(folder, form, player, *options):
    """Let a player open the file that a format makes; return what it says."""
    path = folder / f"list.{form.SUFFIX}"
    path.write_bytes(form.write(LISTING))
    path.chmod(0o644)
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    ran = subprocess.run(
        [player, *options, str(path)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        **(who if os.geteuid() == 0 else {}),
    )
    return ran.stdout + ran.stderr


@pytest.mark.skipif(VLC is None, reason="VLC isn't installed")
@pytest.mark.parametrize("form", [m3u8, xspf], ids=["M3U8", "XSPF"])
def test_vlc_opens_each_song_in_order(folder, form):
    quiet = ("--no-media-library", "--ignore-config", "--no-color", "--aout=adummy")

    told = said(folder, form, VLC, "-I", "dummy", "-vv", "--play-and-exit", *quiet)

    assert re.findall(r"unable to open the MRL '(http:[^']+)'", told) == LOCATIONS
    if form is xspf:
        assert "using XSPF playlist reader" in told
    else:
        # It tells artist and title apart itself.
        named = re.findall(r"Creating an input for '(.+)'", told)
        assert named == ["list.m3u8", *TITLES]


@pytest.mark.skipif(MPV is None, reason="mpv isn't installed")
def test_mpv_opens_each_song_in_order(folder):
    quiet = ("--no-config", "--vo=null", "--ao=null", "--idle=no", "--ytdl=no")

    told = said(folder, m3u8, MPV, *quiet)

    assert re.findall(r"^Playing: (http:\S+)", told, re.MULTILINE) == LOCATIONS
