"""Reactions made here, sent to a listener's ListenBrainz, once they have said so.

`outbox.py` writes down what is to be there, `sending.py` sends it in a job, `queueing.py`
wakes workers. The rows are the truth, and sending one twice is sending it once.
"""
