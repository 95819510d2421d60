"""What a listener has at a music service, brought in for a while, for them to go by.

`asking.py` is what they agree to, kind by kind, and how they take it back; `work.py`
fetches it in a job, page by page, from `service.py`; `matching.py` finds the songs among
those of the catalog, and `seeds.py` is the one way out: keys of tracks, to be near to.
What came from a service stays in the rows of `models.py`, which end by themselves. Its terms
forbid more: no model, no encoder and no donated record gets any of it.
"""
