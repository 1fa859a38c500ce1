import django.db.models.deletion
from django.db import migrations

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_protect")]

    operations = [
        migrations.AlterField(
            model_name="joblog",
            name="job",
            field=agencies.fields.OwnedKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="jobs.job"
            ),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="job",
            field=agencies.fields.OwnedKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="files", to="jobs.job"
            ),
        ),
        Protect(shared_keys=("job", "storedfile")),
    ]
