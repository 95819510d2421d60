"""Learning from what was given: from a release's rows to a bridge of the catalog.

`pairs.py` finds a release's songs in a space, `bridging.py` trains a bridge on them,
compares it with the one in use, and stores it beside (catalog/trained_bridges.py).
"""
