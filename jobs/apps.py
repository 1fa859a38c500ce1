from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background jobs: progress, log, cancel, stored files. Knows nothing of missions."""

    name = "jobs"
