import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from partners import sql


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("funds", "0004_movements"),
        ("partners", "0007_what_an_import_made"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0)),
                ("edited_at", models.DateTimeField(null=True)),
                ("place", models.PositiveIntegerField(help_text="1, 2, 3 … in each batch, in the order of keying")),
                ("key", models.CharField(max_length=64)),
                ("amount", models.BigIntegerField(help_text="minor units of the batch's currency")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gift", "gift"),
                            ("in_kind", "in kind"),
                            ("stock", "stock"),
                            ("matching", "matching gift"),
                            ("refund", "refund"),
                            ("chargeback", "chargeback"),
                        ],
                        default="gift",
                        max_length=12,
                    ),
                ),
                ("method", models.CharField(blank=True, max_length=20)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("date", models.DateField(help_text="contribution date")),
                ("tendered_amount", models.BigIntegerField(help_text="minor units of tendered_currency", null=True)),
                ("tendered_currency", models.CharField(blank=True, max_length=3)),
                ("description", models.CharField(blank=True, max_length=250)),
                ("fair_market_value", models.BigIntegerField(null=True)),
                ("soft_kind", models.CharField(blank=True, max_length=20)),
                ("anonymous", models.BooleanField(default=False)),
                ("removed_at", models.DateTimeField(null=True)),
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
                    "edited_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gift",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.gift",
                    ),
                ),
                (
                    "giving_unit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.givingunit",
                    ),
                ),
                (
                    "soft_partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField(help_text="minor units of the batch's currency")),
                ("intent", models.TextField(blank=True, help_text="what the giver wrote, verbatim")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.designation",
                    ),
                ),
                (
                    "row",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="partners.batchrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GiftBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="1, 2, 3 … in each agency")),
                (
                    "title",
                    models.CharField(help_text="where it came from: mail of Tuesday, card processor", max_length=120),
                ),
                ("deposited_on", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("expected_count", models.PositiveIntegerField()),
                ("expected_total", models.BigIntegerField(help_text="minor units of currency")),
                ("method", models.CharField(blank=True, max_length=20)),
                ("contributed_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("posted", "posted"), ("discarded", "discarded")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("posted_at", models.DateTimeField(null=True)),
                ("discarded_at", models.DateTimeField(null=True)),
                ("discard_reason", models.CharField(blank=True, max_length=250)),
                (
                    "deposit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
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
                    "designation",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.designation",
                    ),
                ),
                (
                    "discarded_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
        ),
        migrations.AddField(
            model_name="batchrow",
            name="batch",
            field=agencies.fields.OwnedKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="partners.giftbatch",
            ),
        ),
        migrations.AddField(
            model_name="gift",
            name="batch",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gifts",
                to="partners.giftbatch",
            ),
        ),
        migrations.AddIndex(
            model_name="gift",
            index=models.Index(
                condition=models.Q(("batch__isnull", False)), fields=["agency", "batch"], name="gift_by_batch"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchpart",
            constraint=models.UniqueConstraint(fields=("agency", "row", "place"), name="batch_part_place"),
        ),
        migrations.AddConstraint(
            model_name="batchpart",
            constraint=models.UniqueConstraint(fields=("agency", "row", "designation"), name="batch_part_once"),
        ),
        migrations.AddConstraint(
            model_name="batchpart",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="batch_part_gives"),
        ),
        migrations.AddIndex(
            model_name="giftbatch",
            index=models.Index(fields=["agency", "state", "-number"], name="batch_by_state"),
        ),
        migrations.AddConstraint(
            model_name="giftbatch",
            constraint=models.UniqueConstraint(fields=("agency", "number"), name="batch_number"),
        ),
        migrations.AddConstraint(
            model_name="giftbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="batch_currency"
            ),
        ),
        migrations.AddConstraint(
            model_name="giftbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("expected_count__gt", 0), ("expected_total__gt", 0)), name="batch_expects"
            ),
        ),
        migrations.AddConstraint(
            model_name="giftbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("discarded_at", None), ("posted_at", None), ("state", "open")),
                    models.Q(("discarded_at", None), ("posted_at__isnull", False), ("state", "posted")),
                    models.Q(("discarded_at__isnull", False), ("posted_at", None), ("state", "discarded")),
                    _connector="OR",
                ),
                name="batch_state_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("agency", "batch", "place"), name="batch_row_place"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("agency", "batch", "key"), name="batch_row_key"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("agency", "gift"), name="batch_row_of_gift"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="batch_row_gives"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tendered_amount", None), ("tendered_currency", "")),
                    models.Q(("tendered_amount__gt", 0), ("tendered_currency__regex", "^[A-Z]{3}$")),
                    _connector="OR",
                ),
                name="batch_row_tendered",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("gift", None), ("removed_at", None), _connector="OR"),
                name="batch_row_posted_stands",
            ),
        ),
        Protect(
            frozen={
                "giftbatch": (
                    *("title", "deposit_id", "deposited_on", "currency", "expected_count", "expected_total"),
                    *("method", "designation_id", "contributed_on", "state", "posted_by_id", "posted_at"),
                    *("discarded_by_id", "discarded_at", "discard_reason"),
                ),
                "batchrow": (
                    *("revision", "edited_by_id", "edited_at", "giving_unit_id", "amount", "kind", "method"),
                    *("reference", "date", "tendered_amount", "tendered_currency", "description"),
                    *("fair_market_value", "soft_partner_id", "soft_kind", "anonymous", "removed_at", "gift_id"),
                ),
            },
            written_once={"giftbatch": ("posted_by_id", "posted_at"), "batchrow": ("gift_id",)},
        ),
        migrations.RunSQL(sql.BATCH_STANDS, migrations.RunSQL.noop),
    ]
