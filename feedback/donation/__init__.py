"""What listeners give of their own will, apart from who they are.

`consent.py` is their word, on the wording of `texts.py`. With a reaction, `outbox.py`
notes that its turn is to be given; `work.py` makes or changes the turn's record in a job,
as `building.py` says. `keys.py` makes the pseudonyms by which `records.py` finds a
listener's records again; nothing else leads from one to the other.

Whoever changes what a listener has given locks the listener first (`locking.py`).
"""
