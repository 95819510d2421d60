"""Files that mean harm, or are no lists: each is refused in a sentence."""

import io
import json
import zipfile
from hashlib import sha256

import pytest

from playlists.files.formats import MAX_BYTES, read_file
from playlists.files.refusal import MAX_ROWS, FileRefused

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">'
    for n in range(10)
)
XSPF = '<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList>{}</trackList></playlist>'
SONG = "<track><title>{}</title></track>"


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", "0" * 100_000_000)
    return file.getvalue()


def nested(depth, start, end):
    return (start * depth + end * depth).encode()


HOSTILE = {
    "billion laughs": f"<!DOCTYPE p [{LAUGHS}]>{XSPF.format(SONG.format('&l9;'))}",
    "external entity": '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + XSPF.format(SONG.format("&x;")),
    "external subset": '<!DOCTYPE p SYSTEM "http://127.0.0.1:9/x.dtd">'
    + XSPF.format(""),
    "parameter entity": '<!DOCTYPE p [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>'
    + XSPF.format(""),
    "a bare document type": "<!DOCTYPE playlist>" + XSPF.format(SONG.format("x")),
    "an unknown entity": XSPF.format(SONG.format("&nbsp;")),
    "deep elements": nested(200_000, "<playlist>", "</playlist>"),
    "many elements": XSPF.format("<a/>" * 500_000),
    "an open end": XSPF.format(SONG.format("x"))[:-12],
    "another XML": "<html><body>Rain</body></html>",
    "deep arrays": b'{"playlist":' + nested(200_000, "[", "]") + b"}",
    "deep objects": nested(200_000, '{"playlist":', "}"),
    "many tracks": '{"track":[' + "{}," * (MAX_ROWS + 1) + "{}]}",
    "a huge number": '{"track":[{"title":"x","duration":' + "9" * 10_000 + "}]}",
    "JSON without tracks": json.dumps({"playlist": {"title": "x"}}),
    "JSON with a word for tracks": json.dumps({"playlist": {"track": "Rain"}}),
    "half of a JSON": '{"playlist": {"track": [',
    "many lines": "#EXTM3U\n" + "a.mp3\n" * (MAX_ROWS + 1),
    "many lines of words": "a\n" * (MAX_ROWS + 1),
    "many rows": "title,artist\n" + "a,b\n" * (MAX_ROWS + 1),
    "a huge cell": "title,artist\n" + "x" * 200_000,
    "an open quote": 'title,artist\n"' + "x,y\n" * 40_000,
    "a stream": "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nseg1.ts\n",
    "UTF-16": "#EXTM3U\nhttp://h/1\n".encode("utf-16"),
    "a zip": zipped(),
    "bytes": bytes(range(256)) * 40,
    "chance": b"".join(sha256(bytes([n])).digest() for n in range(200)).replace(
        b"\0", b""
    ),
    "nothing": "",
    "blank": " \n\t\n",
    "only a mark": b"\xef\xbb\xbf",
    "only comments": "#EXTM3U\n# nothing\n",
    "a header alone": "Title,Artist\r\n",
    "a table without a title": "Mood,Energy\nsad,3\n",
    "too much": b"a" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused(what):
    data = HOSTILE[what]
    name = "list.csv" if what == "a table without a title" else ""

    with pytest.raises(FileRefused) as refused:
        read_file(data.encode() if isinstance(data, str) else data, name=name)

    assert str(refused.value)[-1] in ".!"


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="UTF-8"?>'
        + XSPF.format(SONG.format("Größe")).encode("latin-1"),
        (
            '<?xml version="1.0" encoding="UTF-16"?>' + XSPF.format(SONG.format("x"))
        ).encode(),
        (
            '<?xml version="1.0" encoding="klingon"?>' + XSPF.format(SONG.format("x"))
        ).encode(),
        (
            '<?xml version="1.0" encoding="us-ascii"?>' + XSPF.format(SONG.format("ö"))
        ).encode(),
        json.dumps({"track": [{"title": "Größe"}]}, ensure_ascii=False).encode(
            "latin-1"
        ),
        "Title,Artist\nGröße,Ada\n".encode("cp1252"),
        "Ada - Größe\n".encode("cp1252"),
        b"#EXTM3U\n#EXTINF:1,\x81\x8d\nhttp://h/1\n",  # no letters of cp1252 either
    ],
)
def test_a_wrong_encoding_is_refused(data):
    with pytest.raises(FileRefused, match="encoding|UTF-8"):
        read_file(data)


def test_an_encoding_that_xml_names_rightly_is_read():
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    data = (head + XSPF.format(SONG.format("Größe"))).encode("latin-1")

    assert read_file(data).entries[0].title == "Größe"


def test_values_that_can_not_be_are_left_out():
    (entry,) = read_file(
        json.dumps(
            {
                "playlist": {
                    "title": ["x"],
                    "track": [
                        {
                            "title": "Rain",
                            "creator": {"name": "Ada"},
                            "album": 7,
                            "duration": -1e400,
                            "identifier": ["urn:isrc:nonsense", 3, None],
                            "location": "javascript:alert(1)",
                            "extension": [],
                        },
                        None,
                        "Rain",
                    ],
                }
            }
        ).encode()
    ).entries

    assert entry.title == "Rain"
    assert (entry.artists, entry.album, entry.duration_ms) == ((), "", None)
    assert entry.location == ""


def test_a_name_without_end_is_cut():
    (entry,) = read_file(
        f"#EXTM3U\n#EXTINF:1,{'x' * 1_000_000}\nhttp://h/1\n".encode()
    ).entries

    assert len(entry.title) == 500


SPACES = " " * 90_000


@pytest.mark.parametrize(
    "data",
    [
        f"#EXTM3U\n#EXTINF:{SPACES}x\nx.mp3\n",
        f"#EXTM3U\n#EXTINF:1,a{SPACES}b\nx.mp3\n",
        f"#EXTM3U\n1{SPACES}.mp3\n",
        f"1{SPACES}x\na{SPACES}b\n",
        "\t" * 90_000 + "x\n",
    ],
    ids=["no comma", "a name", "a file's name", "lines", "tabs"],
)
def test_long_runs_of_spaces_cost_no_more_than_other_signs(data):
    # Patterns that try each space anew would take hours, and this test with them.
    assert read_file(data.encode()).entries
