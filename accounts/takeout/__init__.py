"""All that the site holds of a listener, as one file for them to keep.

Each room says in its module `exported` which of its tables are a listener's
(`contents.py`); a job writes them (`writing.py`, `work.py`).
"""
