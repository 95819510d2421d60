"""What a listener's reactions add up to: interests, artists, genres, ranges.

`evidence.py`, `interests.py` and `leanings.py` are pure; `reading.py` reads what they are
made of, `changing.py` does what a listener wants done about it.
"""
