"""Which recording of a music service is a song of the catalog.

`songs.py` says what is known of a song, `matching.py` what is surely it,
`listenbrainz.py` how it is found there. Nothing is stored here.
"""
