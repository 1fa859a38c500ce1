import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_held_invitations"),
        ("imports", "0004_findings"),
        ("partners", "0005_figures_after_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.CharField(
                        help_text="number at the bank, or the processor; empty where not told", max_length=60
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="of the bank or the processor, or made of what the line says", max_length=80
                    ),
                ),
                ("date", models.DateField()),
                ("amount", models.BigIntegerField(help_text="minor units of currency; negative when money went out")),
                ("currency", models.CharField(max_length=3)),
                ("gross", models.BigIntegerField(help_text="minor units, before the fee", null=True)),
                ("fee", models.BigIntegerField(help_text="minor units, positive when it costs", null=True)),
                ("category", models.CharField(blank=True, max_length=80)),
                (
                    "party",
                    models.CharField(
                        blank=True, help_text="who sent or received the money, as the file says", max_length=200
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("payout", models.CharField(blank=True, help_text="what went to the bank together", max_length=80)),
                ("payout_date", models.DateField(null=True)),
                ("gift_number", models.CharField(blank=True, help_text="of the gift that it is about", max_length=80)),
                (
                    "corrects",
                    models.CharField(
                        blank=True, help_text="reference of the line it replaces or deletes", max_length=80
                    ),
                ),
                (
                    "returned",
                    models.BooleanField(default=False, help_text="money that came back: a refund or a returned item"),
                ),
                ("staged_row", models.BigIntegerField(help_text="the row of the import, as it came", null=True)),
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
                        related_name="+",
                        to="imports.importrun",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "-date", "-id"], name="statement_line_newest"),
                    models.Index(
                        condition=models.Q(("payout", ""), _negated=True),
                        fields=["agency", "account", "payout"],
                        name="statement_line_payout",
                    ),
                    models.Index(
                        condition=models.Q(("corrects", ""), _negated=True),
                        fields=["agency", "account", "corrects"],
                        name="statement_line_corrects",
                    ),
                    models.Index(fields=["agency", "import_run"], name="statement_line_by_import"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "account", "reference"), name="statement_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="statement_line_has_a_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="statement_line_currency"
                    ),
                ],
            },
        ),
        Protect(append_only=("statementline",)),
    ]
