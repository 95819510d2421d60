"""Any playlist: what hypothesis draws, with the worst that names hold among it."""

from datetime import timedelta, timezone

from hypothesis import strategies as st

from playlists.files.identifiers import Ids, addresses_of
from playlists.files.listing import entry_made, listing_made

WORST = (
    "=HYPERLINK(1)",
    "'=1",
    "''+1",
    "@SUM(A1)",
    "-1",
    "＝1",
    "]]>",
    "<b>&amp;</b>",
    "a;b\\;c\\",
    '"Heroes", he said',
    "one\ntwo\r\nthree",
    "tab\there",
    "nul\0and\x1b[31m",
    "\u2028line\u2029ends\x85",
    "\ufffe\uffff\ufeffmarks",
    "\ud800 alone",
    "שיר ללא שם",
    "\u202eevil\u202c",
    "👩‍🚀 é é",
    "#EXTINF:1,x",
    "http://example.org/",
    "A - B - C",
    "  spaces  ",
)
words = st.one_of(st.sampled_from(WORST), st.text(max_size=40))
ids = st.builds(
    Ids,
    musicbrainz_id=st.just("") | st.uuids().map(str),
    isrc=st.just("") | st.from_regex(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", fullmatch=True),
    spotify_id=st.just("") | st.from_regex(r"[0-9A-Za-z]{22}", fullmatch=True),
    track_uuid=st.just("") | st.uuids().map(str),
)
locations = st.sampled_from(
    ("", "http://h/1", "https://h.example/t/a%20b?key=x:y&z=1#m", "file:///etc/passwd")
)
entries = st.builds(
    entry_made,
    title=words,
    artists=st.lists(words, max_size=3),
    album=words,
    duration_ms=st.none() | st.integers(-5, 100_000_000),
    addresses=ids.map(addresses_of),
    location=locations,
    artist_addresses=st.lists(st.uuids().map(str), max_size=2),
    added_at=st.just("")
    | st.datetimes(timezones=st.just(timezone(timedelta(hours=2)))).map(str),
)
listings = st.builds(
    listing_made, words, st.lists(entries, max_size=5), description=words
)
