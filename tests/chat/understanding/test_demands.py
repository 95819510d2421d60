"""What songs must be: language, voice, version, words, tempo, length, and when."""

import pytest

from tests.chat.understanding.shorthand import in_short

LANGUAGES = (
    ("songs in French", "ask language=fr"),
    ("French songs", "ask language=fr"),
    ("sad songs in Spanish", "ask 'sad' language=es"),
    ("German-language pop", "ask pop language=de"),
    ("Japanese music from the 80s", "ask 1980..1989 language=ja"),
    ("in Portuguese please", "refine language=pt"),
    ("only in English", "refine language=en"),
    ("nothing in English", "refine -language=en"),
    ("no songs in German", "refine -language=de"),
    ("jazz, but not in French", "ask jazz -language=fr"),
    ("Spanish guitar", "ask classical guitar"),
)
VOICES = (
    ("instrumental jazz", "ask jazz instrumental"),
    ("only instrumentals", "refine instrumental"),
    ("nothing instrumental", "refine -instrumental"),
    ("songs with vocals", "refine -instrumental"),
    ("without any singing", "refine instrumental"),
    ("more instrumental", "shift instrumentalness+"),
)
WORDS = (
    ("family friendly pop", "ask pop -explicit"),
    ("clean versions only", "refine -explicit"),
    ("no swearing please", "refine -explicit"),
    ("hip hop without explicit lyrics", "ask hip hop -explicit"),
    ("safe for kids", "refine -explicit"),
    ("keep it clean", "refine -explicit"),
    ("explicit hip hop", "ask hip hop explicit"),
    ("clean the house", "ask 'clean the house'"),
)
VERSIONS = (
    ("live versions", "refine version=live"),
    ("no live recordings", "refine -version=live"),
    ("rock, nothing live", "ask rock -version=live"),
    ("no remixes or covers", "refine -version=remix -version=cover"),
    ("house remixes", "ask house version=remix"),
    ("without remasters", "refine -version=remaster"),
    ("acoustic versions", "refine version=acoustic"),
    ("I live in Paris, play jazz", "ask jazz"),
)
TEMPOS = (
    ("around 120 bpm", "refine tempo=112..128"),
    ("songs at 120 BPM", "ask tempo=112..128"),
    ("between 90 and 110 bpm", "refine tempo=90..110"),
    ("house, 120-128 bpm", "ask house tempo=120..128"),
    ("from 100 to 120 bpm", "refine tempo=100..120"),
    ("over 140 bpm", "refine tempo=140.."),
    ("rock over 140", "ask rock tempo=140.."),
    ("techno above 130 bpm", "ask techno tempo=130.."),
    ("nothing over 100 bpm", "refine tempo=..100"),
    ("under 90 bpm", "refine tempo=..90"),
    ("at least 120 bpm", "refine tempo=120.."),
    ("tempo of 95", "refine tempo=87..103"),
)
LENGTHS = (
    ("short songs", "ask duration=..150"),
    ("long songs", "ask duration=300.."),
    ("songs under 3 minutes", "ask duration=..180"),
    ("no songs over 5 minutes", "refine duration=..300"),
    ("nothing longer than four minutes", "refine duration=..240"),
    ("songs longer than 6 minutes", "ask duration=360.."),
    ("songs between 2 and 4 minutes", "ask duration=120..240"),
    ("3 minute songs", "ask duration=150..210"),
    ("10 short songs", "ask duration=..150 count=10"),
    ("make it under 30 minutes", "shorter minutes=30"),
    ("make it 10 minutes", "size minutes=10"),
)
UNHEARD = (
    ("something new", "ask unheard"),
    ("jazz I haven't heard", "ask jazz unheard"),
    ("pop that's new to me", "ask pop unheard"),
    ("rock I don't know yet", "ask rock unheard"),
    ("nothing I've heard lately", "refine unheard"),
)
TIMES = (
    ("90s but nothing after 1995", "ask 1990..1995"),
    ("songs from the 80s released before 1985", "ask 1980..1984"),
    ("songs from the 80s released after 2000", "ask either the 80s either after 2000"),
    ("60s songs and 80s songs", "ask 1960..1989"),
    ("everything except the 90s", "refine -1990..1999"),
)


@pytest.mark.parametrize(
    ("message", "meaning"),
    [*LANGUAGES, *VOICES, *WORDS, *VERSIONS, *TEMPOS, *LENGTHS, *UNHEARD, *TIMES],
)
def test_a_demand_is_read_with_what_it_refuses(message, meaning):
    assert in_short(message) == meaning
