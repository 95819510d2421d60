"""Numbered, immutable releases of what listeners gave for research.

`given.py` reads approved records, `parts.py` splits their contributors, `floor.py` lets
through what enough of them share, `rows.py`, `dialogues.py`, `card.py` and `writing.py`
make the files, `work.py` does all of it in a job, and `publishing.py` shows the result.
"""
