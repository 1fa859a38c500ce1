import django.db.models.deletion
from django.db import migrations

import agencies.fields
from agencies.protect import Protect

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_protect"), ("jobs", "0003_keys")]

    operations = [
        migrations.AlterField(
            model_name="statementrun",
            name="bundle_job",
            field=agencies.fields.OwnedKey(
                db_index=False, null=True, on_delete=PROTECT, related_name="+", to="jobs.job"
            ),
        ),
        migrations.AlterField(
            model_name="statementpart",
            name="job",
            field=agencies.fields.OwnedKey(
                db_index=False, null=True, on_delete=PROTECT, related_name="+", to="jobs.job"
            ),
        ),
        migrations.AlterField(
            model_name="statementfile",
            name="stored",
            field=agencies.fields.OwnedKey(db_index=False, on_delete=PROTECT, related_name="+", to="jobs.storedfile"),
        ),
        Protect(),
    ]
