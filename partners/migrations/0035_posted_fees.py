import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    """Which expenses post the fees of matches."""

    dependencies = [
        ("agencies", "0012_statements_end"),
        ("funds", "0008_journals_by_batch"),
        ("partners", "0034_temporary_tables_last"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostedFee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "expense",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.expense",
                    ),
                ),
                (
                    "match",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posted_fees",
                        to="partners.bankmatch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "match"], name="posted_fee_of_match")],
                "constraints": [models.UniqueConstraint(fields=("agency", "expense"), name="posted_fee_once")],
            },
        ),
        Protect(append_only=("postedfee",)),
    ]
