"""What programs are told of a job."""

from typing import Any

from rest_framework import serializers

from agencies.seats import Seat
from jobs.models import Job
from jobs.panels import way_onward
from jobs.queries import may_cancel, titles_of


class JobSerializer(serializers.Serializer[Any]):
    """A piece of background work. `done` of `total` (null while it does not count); `error`: why it failed, in a
    sentence; `counts`: what it came to; `result_url`: the page on which that is to be seen, else "".
    """

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=Job.State.choices)
    started_by = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    message = serializers.CharField()
    error = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    result_url = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    may_cancel = serializers.BooleanField()


def shown_jobs(seat: Seat, jobs: list[Job]) -> list[dict[str, Any]]:
    """Jobs as a seat may know them. One query more for names, and one for each kind that is about a unit."""
    same = ("kind", "state", "done", "total", "message", "error", "created_at", "finished_at")
    titles = titles_of(seat, jobs)
    rows = [
        {
            "id": job.pk,
            **{name: getattr(job, name) for name in same},
            "title": titles[job.pk],
            "counts": {name: value for name, value in job.result.items() if isinstance(value, int)},
            "result_url": next((link.url for link in way_onward(job)), ""),
            "started_by": seat.name_of(job.actor),
            "may_cancel": not job.has_ended and job.cancel_requested_at is None and may_cancel(seat, job),
        }
        for job in jobs
    ]
    return [dict(each) for each in JobSerializer(rows, many=True).data]
