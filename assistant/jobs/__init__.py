"""Many cases drafted durably, by any number of processes and machines that share a database and nothing else. The only door to dbos.

found      the cases under a folder · parcel: a case's files or a run folder <-> a zip
submit     cases into the database and the queue; a batch paused, resumed, stopped · publish: results into the output folder
door       dbos: its settings, the queue, tickets put in, the dead worker's cases taken back
process    a worker: the loop around `work` (one case: take, draft, keep), `pulse` (heartbeat, dead workers, share of the endpoint),
           `asking` (a model that is asked nothing twice) · alive: whether a process of this machine is still there
crew       the worker processes of one command: started, replaced, stopped
"""
