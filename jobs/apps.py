from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Background jobs: progress, log, cancel, stored files. Knows nothing of missions."""

    name = "jobs"

    def ready(self) -> None:
        from agencies.navigation import Entry, add_navigation
        from agencies.queries import look
        from jobs import keepers
        from jobs.due import nudge_jobs, register_sweeper
        from jobs.operations.files import FOLDER, with_row

        keepers.register(FOLDER, with_row)
        keepers.register(look.FOLDER, look.with_row)  # the floor below keeps a file, and cannot say so itself
        register_sweeper("job", nudge_jobs)
        add_navigation(Entry(85, "Jobs", "jobs", "jobs.view", "clock"))
        autodiscover_modules("tasks")
