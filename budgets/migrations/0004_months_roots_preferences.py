from uuid import uuid4

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from budgets import sql


def owned(to, **kwargs):
    """A key within the agency."""
    return agencies.fields.OwnedKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **kwargs
    )


class Migration(migrations.Migration):
    """Lines have months that add up, an identity over versions, and an owner; givers prefer lines (ADR 19)."""

    dependencies = [
        ("budgets", "0003_approver_wrote_nothing"),
        ("partners", "0031_erasing_whole_words"),
        ("ssu", "0012_goals_sent_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("budget", "copied_from", owned("budgets.budget", null=True)),
        migrations.AddField("line", "owner", owned("ssu.worker", blank=True, null=True)),
        migrations.RunSQL(
            sql.MONTHS_OF_A_LINE,
            "ALTER TABLE budgets_line DROP COLUMN months",
            state_operations=[
                migrations.AddField(
                    "line",
                    "months",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="minor units, first month of the year first",
                        size=12,
                        default=list,
                    ),
                    preserve_default=False,
                )
            ],
        ),
        migrations.RunSQL(
            sql.ROOT_OF_A_LINE,
            "ALTER TABLE budgets_line DROP COLUMN root",
            state_operations=[migrations.AddField("line", "root", models.UUIDField(default=uuid4, editable=False))],
        ),
        migrations.AddConstraint(
            "line", models.UniqueConstraint(fields=("agency", "budget", "root"), name="line_once_in_a_version")
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_root", models.UUIDField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("giving_unit", owned("partners.givingunit")),
                ("unit", owned("ssu.unit")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "unit", "line_root"], name="preference_by_line"),
                    models.Index(fields=["agency", "giving_unit"], name="preference_by_giver"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("agency", "giving_unit", "unit", "line_root"),
                        name="one_standing_preference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="preference_ends_after_it_begins",
                    ),
                ],
            },
        ),
        Protect(frozen={"preference": ("ends_on",)}),
    ]
