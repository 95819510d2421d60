"""What could tell who wrote a message, taken out of it before anything is given away.

`scrubber.py` is the one way in. `codes.py` finds what follows a pattern (e-mails,
addresses on the web, handles, numbers), `places.py` streets and workplaces, `people.py`
names, with the lists of `given_names.py` and the turns of phrase of `cues.py`.
`music.py` says what the catalog knows, which stays.
"""
