from django.db import migrations

from agencies.protect import Protect
from jobs.sql import AGENCY_IDS, JOBS_DUE, due_work


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("agencies", "0002_protect")]

    operations = [
        Protect(),
        migrations.RunSQL(AGENCY_IDS, migrations.RunSQL.noop),
        migrations.RunSQL(due_work(JOBS_DUE), migrations.RunSQL.noop),
    ]
