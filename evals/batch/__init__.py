"""What the suite `batch` is made of.

postgres   a real server, started on a free port as an ordinary user · run: `jiping batch` and `jiping worker` as a user starts them
points     where a process is made to kill itself and all its group · ledger: what a batch left behind, counted
"""
