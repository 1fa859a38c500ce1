import django.db.models.deletion
from django.db import migrations

import agencies.fields
from agencies.protect import Protect

PROTECT = django.db.models.deletion.PROTECT

# The columns are there already, as bare numbers.
AS_KEYS = [
    migrations.RemoveField("importrun", "stored_file_id"),
    migrations.RemoveField("importrun", "job_id"),
    migrations.AddField(
        model_name="importrun",
        name="stored_file",
        field=agencies.fields.OwnedKey(
            db_index=False,
            default=0,
            help_text="the file as it came",
            on_delete=PROTECT,
            related_name="+",
            to="jobs.storedfile",
        ),
        preserve_default=False,
    ),
    migrations.AddField(
        model_name="importrun",
        name="job",
        field=agencies.fields.OwnedKey(db_index=False, null=True, on_delete=PROTECT, related_name="+", to="jobs.job"),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_protect"), ("jobs", "0003_keys")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=AS_KEYS), Protect()]
