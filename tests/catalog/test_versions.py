"""Titles taken apart into song, version, and which one of that version."""

import pytest

from catalog.names import name_key
from catalog.versions import TitleParts, song_key, title_parts

# title | base | version | detail
TITLES = """
Song - Remastered 2011 | Song | remaster | 2011
Song - 2011 Remaster | Song | remaster | 2011
Song (2011 Digital Remaster) | Song | remaster | 2011
Song - 2007 Remastered Version | Song | remaster | 2007
Song [Remastered] | Song | remaster |
Song - Remasterizado | Song | remaster |
Song Remastered 2011 | Song | remaster | 2011
When We Was Fab - 2004 Mix | When We Was Fab | remaster | 2004
Song (Live at Wembley) | Song | live | wembley
Song - Live at Wembley | Song | live | wembley
Song - Live | Song | live |
Song - Live @ Königsplatz | Song | live | konigsplatz
Song - Live In London / 1992 | Song | live | 1992 london
Song - Live at Budokan, Tokyo - April 1978 | Song | live | 1978 april budokan tokyo
Song - Recorded Live at St Canice Cathedral | Song | live | canice cathedral recorded st
Song - MTV Unplugged | Song | live | mtv
Song (Ao Vivo) | Song | live |
Song - En Vivo | Song | live |
Song (Live (2011)) | Song | live | 2011
Song (feat. Ada) - Live [Explicit] | Song | live |
Song Live Version | Song | live |
Song - Loud Luxury Remix | Song | remix | loud luxury
Song (Loud Luxury Remix) | Song | remix | loud luxury
Song - Tiësto & MOTi Remix | Song | remix | moti tiesto
Song - Remix | Song | remix |
Song (Alesso Remix) [feat. Nadia Ali] | Song | remix | alesso
Song - Upside Mix | Song | remix | upside
Song - Ada VIP | Song | remix | ada vip
Song – Bob Bootleg | Song | remix | bob bootleg
Song (Radio Edit) | Song | edit | radio
Song - Radio Mix | Song | edit | radio
Song - Single Version | Song | edit | single
Song - Extended Mix | Song | edit | extended
Song - U.S. 7" Edit | Song | edit | 7 s u
Song - Radio Edit; 2017 Remaster | Song | edit | 2017 radio
Song - Spanish Version | Song | edit | spanish
Song Radio Edit | Song | edit | radio
Song [Acoustic] | Song | acoustic |
Song - Acoustic Version | Song | acoustic |
Song - Versión Acústica | Song | acoustic |
Song (Stripped) | Song | acoustic | stripped
Song (Under Cover) | Song (Under Cover) | |
Song (Blow My Cover) | Song (Blow My Cover) | |
Song (Instrumental) | Song | instrumental |
Song - Instrumental Version | Song | instrumental |
Song (Demo) | Song | demo |
Song - Demo Version | Song | demo |
Song (Early Take) | Song | demo | early
Song (Adele Cover) | Song | cover | adele
Song (Cover of Adele) | Song | cover | adele
Song (Cover) | Song | cover |
Song - Re-Recorded | Song | cover | re recorded
Song (Karaoke Version) | Song | karaoke |
Song [In the Style of Adele] [Karaoke] | Song | karaoke | adele style
Song (Original Mix) | Song | |
Song - Album Version | Song | |
Song (Explicit) | Song | |
Song - Bonus Track | Song | |
Song (Official Video) | Song | |
Song (feat. Ada) | Song | |
Song (with Justin Bieber) | Song | |
Song feat. Ada | Song | |
Live and Let Die | Live and Let Die | |
Live and Let Die - Remastered | Live and Let Die | remaster |
Live Forever | Live Forever | |
Live Forever - Live | Live Forever | live |
Oasis - Live Forever | Oasis - Live Forever | |
Cover Me | Cover Me | |
Run for Cover | Run for Cover | |
Hurt (Run for Cover) | Hurt (Run for Cover) | |
Demo | Demo | |
Demo - Demo | Demo | demo |
Live | Live | |
(Live) | (Live) | |
Remix | Remix | |
Instrumental | Instrumental | |
Acoustic Soul | Acoustic Soul | |
Edit the Sad Parts | Edit the Sad Parts | |
Home (Where I Live) | Home (Where I Live) | |
Ain't No Way (To Live) | Ain't No Way (To Live) | |
Love (Live in the Moment) | Love (Live in the Moment) | |
Put It in (The Mix) | Put It in (The Mix) | |
(Oh) Pretty Woman | (Oh) Pretty Woman | |
Break On Through (To The Other Side) | Break On Through (To The Other Side) | |
Stay (With Me) | Stay (With Me) | |
Six Ft. Under | Six Ft. Under | |
9 to 5 - Part 2 | 9 to 5 - Part 2 | |
Uptown (Part 1) [Live] | Uptown (Part 1) | live |
Song (unclosed | Song (unclosed | |
$$$ - Remix | $$$ | remix |
"""


@pytest.mark.parametrize("line", TITLES.strip().splitlines())
def test_titles_are_taken_apart(line):
    title, base, version, detail = (part.strip() for part in line.split("|"))

    assert title_parts(title) == TitleParts(base, version, detail)


@pytest.mark.parametrize(
    "title",
    ["", " ", "-", " - Live", "()", "((((", "[]", "Live - ", "—", "\0", "(" * 2000],
)
def test_odd_titles_are_taken_as_they_are(title):
    assert title_parts(title).base == " ".join(title.split())


def test_kin_share_a_key_and_others_dont():
    ada = [name_key("Ada Lane"), "bob"]

    keys = {
        song_key(title, ada)
        for title in ("Blue", "Blue - Live", "Blue (feat. Bob) [Radio Edit]", "BLUE!")
    }

    assert len(keys) == 1
    assert song_key("Blue", ["bob"]) not in keys
    assert song_key("Blue Moon", ada) not in keys


def test_a_song_without_artist_has_no_kin():
    assert song_key("Intro", []) == ""
    assert song_key("Intro", [""]) == ""


def test_the_longest_key_fits_the_index():
    key = song_key("𝕏" * 5000, ["愛" * 300])

    assert len(key.encode()) < 2700
