"""Songs as imports of the catalog store them: with the keys by which words find them."""

from catalog.names import name_key
from catalog.versions import song_key, title_parts
from tests.factories import make_track


def make_song(title, artist="Ada Lane", **fields):
    """Make a track that a file's words can find."""
    parts = title_parts(title)
    return make_track(
        title,
        artist=artist,
        key=name_key(title),
        song_key=song_key(title, [name_key(artist)]),
        version=parts.version,
        version_detail=parts.detail,
        **fields,
    )
