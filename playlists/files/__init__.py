"""Playlists as files, both ways: M3U8, XSPF, JSPF, CSV, and plain lines (read only).

One module a format, all of one shape (`formats.Format`); `exporting.py` makes a file's
content of a version, `matching.py` finds an entry's song in the catalog, `importing.py`
makes a playlist of what was found.
"""
