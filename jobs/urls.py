"""Addresses below `/a/<agency>/`."""

from django.urls import path

from jobs.views import jobs

urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<int:pk>/files/<int:file_pk>/", jobs.job_file, name="job_file"),
]
