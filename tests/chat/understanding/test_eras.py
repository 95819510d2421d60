"""Times and sizes of a list, in words and digits."""

import pytest

from tests.chat.understanding.shorthand import in_short

ERAS = (
    ("music from the late sixties", "ask 1966..1969"),
    ("pre-2000", "ask ..1999"),
    ("nineties", "ask 1990..1999"),
    ("between 1975 and 1985", "ask 1975..1985"),
    ("last ten years", "ask 2016.."),
    ("60s and 70s", "ask 1960..1979"),
    ("songs from the 70s", "ask 1970..1979"),
    ("80's pop", "ask pop 1980..1989"),
    ("1980s", "ask 1980..1989"),
    ("early 2000s", "ask 2000..2003"),
    ("from 1967", "refine 1967..1967"),
    ("before 1980", "refine ..1979"),
    ("after 2010", "refine 2011.."),
    ("since 1999", "refine 1999.."),
    ("something recent", "ask 2021.."),
    ("oldies", "ask ..1969"),
    ("mid-90s britpop", "ask britpop 1993..1996"),
    ("jazz from 1950 to 1965", "ask jazz 1950..1965"),
    ("from the 1950s through the 1970s", "refine 1950..1979"),
    ("the eighties or nineties", "ask 1980..1999"),
    ("newer than 2015", "ask 2016.."),
    ("something from the last decade", "ask 2016.."),
    ("from this year", "refine 2026.."),
    ("20th century classical", "ask classical 1901..2000"),
    ("turn of the millennium", "ask 1998..2003"),
    ("pop from when I was a kid, I was born in 1985", "ask pop 1990..1997"),
    ("I was born in 1972. Rock from when I was a teenager", "ask rock 1985..1991"),
    ("jazz of my youth, I was born in 1960", "ask jazz 1973..1979"),
    ("rock from my college years (born in 1980)", "ask rock 1998..2002"),
    ("songs from the 2010s", "ask 2010..2019"),
    ("'70s rock", "ask rock 1970..1979"),
    ("70s", "ask 1970..1979"),
    ("from the year 1979", "refine 1979..1979"),
    ("twenties jazz", "ask jazz 1920..1929"),
    ("1920s jazz", "ask jazz 1920..1929"),
    ("pre 1970 jazz", "ask jazz ..1969"),
    ("older than 2000", "ask ..1999"),
    ("90s or newer", "ask 1990.."),
    ("give me 7 metal songs from 1850", "ask metal 1850..1850 count=7"),
    ("music from 1790", "ask 1790..1790"),
    ("between 1700 and 1800", "ask 1700..1800"),
    ("1750s", "ask 1750..1759"),
    ("12th century music", "ask 1101..1200"),
)

SIZES = (
    ("give me 20 songs", "size count=20"),
    ("about an hour of jazz", "ask jazz minutes=60"),
    ("45 minutes", "size minutes=45"),
    ("just one song", "size count=1"),
    ("ten happy songs", "ask 'happy' count=10"),
    ("a dozen soul tunes", "ask soul count=12"),
    ("an hour and a half of house", "ask house minutes=90"),
    ("two hours of ambient for working", "ask ambient 'working' minutes=120"),
    ("90 min of techno", "ask techno minutes=90"),
    ("a couple of sad songs", "ask 'sad' count=2"),
    ("top 10 rock songs", "ask rock count=10"),
    ("a 30 minute workout mix", "ask 'workout' minutes=30"),
    ("twenty-five songs", "size count=25"),
    ("a hundred songs", "size count=100"),
    ("100000 songs", "size count=100"),
    ("play 1500 songs", "size count=100"),
    ("add 1200 songs", "longer count=100"),
    ("0 songs", "acknowledged"),
    ("add zero songs", "acknowledged"),
    ("add 0 jazz songs", "acknowledged"),
    ("no more songs", "acknowledged"),
    ("no sad songs", "refine 'not sad'"),
    ("a calm hour of jazz", "ask jazz 'calm' minutes=60"),
    ("two calm hours of ambient", "ask ambient 'calm' minutes=120"),
    ("a good half hour of jazz", "ask jazz minutes=30"),
    ("a few hours of jazz", "ask jazz minutes=180"),
    ("a happy hour", "ask 'happy'"),
    ("15 tracks of slow jazz", "ask jazz 'slow' count=15"),
)


@pytest.mark.parametrize(("message", "meaning"), ERAS)
def test_a_time_of_release_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), SIZES)
def test_counts_and_durations_are_read(message, meaning):
    assert in_short(message) == meaning
