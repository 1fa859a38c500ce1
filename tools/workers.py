"""How Celery is told to work: two workers, so that a mail never waits behind a long job."""

LONG = ["--queues", "long", "--hostname", "long@%h", "--concurrency", "2"]
"""Jobs. Processes, since they compute, and since one that dies shall take nothing else along."""
SHORT = ["--queues", "short", "--hostname", "short@%h", "--pool", "threads", "--concurrency", "2"]
"""Mail and the sweep: they wait more than they compute, so threads of one process are enough, at half the memory."""
