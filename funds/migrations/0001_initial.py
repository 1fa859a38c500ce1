import datetime as dt

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        ("ssu", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Designation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                (
                    "public_name",
                    models.CharField(
                        help_text="as partners may read it: an alias where the unit has one", max_length=160
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unit", "unit"),
                            ("worker", "worker (legacy)"),
                            ("general", "general fund"),
                            ("project", "project fund"),
                        ],
                        max_length=8,
                    ),
                ),
                ("opened_on", models.DateField(default=dt.date(1950, 1, 1))),
                ("closed_on", models.DateField(blank=True, null=True)),
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
                    "unit",
                    agencies.fields.OwnedKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="ssu.unit",
                    ),
                ),
                (
                    "worker",
                    agencies.fields.OwnedKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="ssu.worker",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "unit"], name="designation_by_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "code"), name="designation_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="designation_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "unit"), ("unit", None), _negated=True),
                        name="unit_designation_has_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deposit", "deposit account"),
                            ("designation", "designation"),
                            ("suspense", "suspense: designation unknown"),
                            ("expense", "expense"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
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
                    "designation",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="funds.designation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "designation"), name="one_account_per_designation"),
                    models.UniqueConstraint(fields=("agency", "kind", "name"), name="account_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("designation__isnull", False), ("kind", "designation")),
                            models.Q(models.Q(("kind", "designation"), _negated=True), ("designation__isnull", True)),
                            _connector="OR",
                        ),
                        name="account_of_designation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gift", "gift"),
                            ("reversal", "reversal"),
                            ("assessment", "assessment"),
                            ("transfer", "transfer"),
                            ("expense", "expense"),
                            ("opening", "opening balance"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="where it comes from: by hand, or the source of an import", max_length=40
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=250)),
                ("posted_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "posted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="funds.posting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "date"], name="posting_by_date")],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "reverses"), name="reversed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reverses", None), ("kind", "reversal"), _connector="OR"),
                        name="only_a_reversal_reverses",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField(help_text="minor units; debit positive, credit negative")),
                ("currency", models.CharField(max_length=3)),
                (
                    "account",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="funds.account",
                    ),
                ),
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
                    "posting",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="funds.posting",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "posting"], name="entry_by_posting"),
                    models.Index(fields=["agency", "account"], name="entry_by_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="entry_moves_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="entry_currency"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="first day of the month")),
                (
                    "kind",
                    models.CharField(help_text="of the postings; a reversal counts as what it reverses", max_length=10),
                ),
                ("currency", models.CharField(max_length=3)),
                ("debit", models.BigIntegerField(help_text="sum of the positive entries, in minor units")),
                (
                    "credit",
                    models.BigIntegerField(
                        help_text="sum of the negative entries, in minor units, as a negative number"
                    ),
                ),
                ("entries", models.BigIntegerField()),
                (
                    "account",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="funds.account",
                    ),
                ),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "account", "month", "kind", "currency"), name="one_row_per_account_month"
                    )
                ],
            },
        ),
    ]
