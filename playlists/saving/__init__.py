"""Playlists saved at music services, each exactly once, whatever fails.

`service.py` says what a service can do, `spotify.py` is one. `asking.py` is what a
listener may ask for, `work.py` carries it out in a job, `finding.py` finds songs there.
What is to be, stands in a row before anything is done about it; every attempt begins with
how things are.
"""
