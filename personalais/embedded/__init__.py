"""PostgreSQL and Redis that come with the site, for one machine and no administrator.

Whoever needs them holds a *lease*: a shared lock on a file. A small *keeper* process
owns the two servers and ends, with them, once nobody holds a lease any more. The
kernel drops a lock when its process dies, however it dies, so nothing is left running
and nothing has to be counted.
"""
