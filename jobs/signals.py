"""What a job tells the apps above."""

from django.dispatch import Signal

# Sent with `job` in the transaction that ends it, in the job's scope.
job_ended = Signal()
