"""A coaching session is corrected by one that replaces it; a conversation with a leader is planned."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect

WITHDRAWN = ("withdrawn_by_id", "withdrawn_at", "withdrawn_reason")


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("ssu", "0009_rows_that_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coachingsession",
            name="replaces",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ssu.coachingsession",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.UniqueConstraint(fields=("agency", "replaces"), name="one_corrected_session"),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces", models.F("id")), _negated=True), name="session_replaces_another"
            ),
        ),
        migrations.CreateModel(
            name="PlannedTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("date", models.DateField()),
                ("planned_on", models.DateField(help_text="in the agency's calendar")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "planned_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_talks",
                        to="ssu.unit",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ssu.worker",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="plannedtalk",
            index=models.Index(fields=["agency", "unit", "worker"], name="planned_talks_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="plannedtalk",
            constraint=models.CheckConstraint(
                condition=models.Q(("date__gte", models.F("planned_on"))), name="planned_talk_is_ahead"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedtalk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_reason", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="planned_talk_withdrawn_with_reason",
            ),
        ),
        Protect(frozen={"plannedtalk": WITHDRAWN}, written_once={"plannedtalk": WITHDRAWN}),
    ]
