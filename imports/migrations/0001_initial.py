import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("stored_file_id", models.BigIntegerField(help_text="the file as it came")),
                ("wanted_format", models.CharField(default="auto", max_length=40)),
                ("format", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Waiting to be checked"),
                            ("refused", "Refused"),
                            ("checked", "Checked"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("outcome", models.JSONField(default=dict)),
                ("applied", models.JSONField(default=dict, help_text="what was made, in counts")),
                ("job_id", models.BigIntegerField(null=True)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "-uploaded_at"], name="import_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True),
                            ("applied_at__isnull", False),
                            _connector="OR",
                        ),
                        name="applied_has_its_moment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(help_text="data records from 1")),
                ("line", models.PositiveIntegerField(help_text="line of the file")),
                ("section", models.CharField(blank=True, max_length=20)),
                ("verdict", models.CharField(max_length=10)),
                ("key", models.CharField(blank=True, max_length=250)),
                ("cells", models.JSONField(help_text="column name to cell, as the file has it, less secrets")),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "import_run",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="imports.importrun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "import_run", "section", "row"), name="row_staged_once")
                ],
            },
        ),
    ]
