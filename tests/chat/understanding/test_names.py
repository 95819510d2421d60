"""Artists, titles and genres are found in all their spellings."""

import pytest

from tests.chat.understanding.shorthand import in_short

GENRES = (
    ("hiphop", "ask hip hop"),
    ("some r'n'b please", "ask r and b"),
    ("R&B", "ask r and b"),
    ("drum n bass", "ask drum and bass"),
    ("drum'n'bass", "ask drum and bass"),
    ("lo fi beats", "ask lo fi"),
    ("lofi", "ask lo fi"),
    ("90s hip-hop", "ask hip hop 1990..1999"),
    ("old school rap", "ask old school hip hop"),
    ("Play some Jazz.", "ask jazz"),
    ("bossa nova and samba", "ask bossa nova samba"),
    ("rock 'n' roll", "ask rock and roll"),
    ("synth pop from the 80s", "ask synth pop 1980..1989"),
    ("classical piano", "ask solo piano"),
    ("electronica", "ask electronic"),
    ("heavy metal", "ask metal"),
    ("house music", "ask house"),
    ("I like techno", "ask techno"),
    ("what about some blues?", "ask blues"),
    ("can you play me some pop-folk music", "ask folk pop"),
)

NAMES = (
    ("songs by Nina Vale", "ask by Nina Vale"),
    ("nina vale", "ask by Nina Vale"),
    ("Nina Vale's songs", "ask by Nina Vale"),
    ("some marlow finch quintet", "ask by The Marlow Finch Quintet"),
    ("The Marlow Finch Quintet", "ask by The Marlow Finch Quintet"),
    ("celia montenoro", "ask by Célia Montenoro"),
    ("something by Célia Montenoro please", "ask by Célia Montenoro"),
    ("bix hallorans nine", "ask by Bix Halloran's Nine"),
    ("prophet lionel and the gully roots", "ask by Prophet Lionel & the Gully Roots"),
    ("wren and hollow", "ask by Wren & Hollow"),
    ("kessler 9", "ask by Kessler-9"),
    ("songs by Zorblax Quintet", "ask unknown Zorblax Quintet"),
    ("songs by zorblax quintet", "ask unknown zorblax quintet"),
    ("like Radiohead", "ask unknown Radiohead"),
    ("something like radiohead", "ask unknown radiohead"),
    ("similar to Nina Vale", "ask like Nina Vale"),
    ("sounds like nina vale", "ask like Nina Vale"),
    ("play Air", "ask by Air"),
    ("songs by Air", "ask by Air"),
    ("something by Blue", "ask by Blue"),
    ("I'm feeling blue", "ask 'blue'"),
    ("anything by the band Down", "ask by Down"),
    ('play "Paper Boats at Dawn"', "ask like “Paper Boats at Dawn”"),
    ("play paper boats at dawn", "ask like “Paper Boats at Dawn”"),
    ('songs like "Paper Boats at Dawn"', "like “Paper Boats at Dawn”"),
    (
        "play Paper Boats at Dawn by Nina Vale",
        "ask by Nina Vale like “Paper Boats at Dawn”",
    ),
    ("more like Paper Boats at Dawn", "like “Paper Boats at Dawn”"),
    ("play Happy", "ask 'happy'"),
    ('play "Happy"', "ask like “Happy”"),
    (
        "something by Nina Simone or Ella Fitzgerald",
        "ask unknown Nina Simone unknown Ella Fitzgerald",
    ),
    ("artists such as Mariah Carey", "ask unknown Mariah Carey"),
    ("klangwerk süd", "ask by Klangwerk Süd"),
    ("Klangwerk Sud", "ask by Klangwerk Süd"),
)


@pytest.mark.parametrize(("message", "meaning"), GENRES)
def test_a_genre_is_known_in_its_spellings(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), NAMES)
def test_an_artist_or_title_is_known_as_people_write_it(message, meaning):
    assert in_short(message) == meaning
