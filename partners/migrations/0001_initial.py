import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        ("funds", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
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
                ("amount", models.BigIntegerField(help_text="minor units of currency; negative when money went back")),
                ("currency", models.CharField(max_length=3)),
                ("tendered_amount", models.BigIntegerField(help_text="minor units of tendered_currency")),
                ("tendered_currency", models.CharField(max_length=3)),
                ("source", models.CharField(max_length=40)),
                ("external_id", models.CharField(help_text="the gift's number in its source", max_length=80)),
                (
                    "giver_key",
                    models.CharField(
                        blank=True,
                        help_text="the giver's number in the file, kept also where nobody is known by it",
                        max_length=80,
                    ),
                ),
                ("reference", models.CharField(blank=True, help_text="check or transaction number", max_length=80)),
                (
                    "description",
                    models.CharField(blank=True, help_text="of goods: what, never what it is worth", max_length=250),
                ),
                (
                    "fair_market_value",
                    models.BigIntegerField(help_text="of goods or services that the giver got in return", null=True),
                ),
                ("soft_kind", models.CharField(blank=True, max_length=20)),
                ("anonymous", models.BooleanField(default=False)),
                ("import_id", models.BigIntegerField(help_text="the import that brought it", null=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
                        related_name="gifts",
                        to="funds.posting",
                    ),
                ),
                (
                    "recorded_by",
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
                        related_name="refunds",
                        to="partners.gift",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "-date", "-id"], name="gift_by_date"),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["agency", "currency"],
                        include=("amount",),
                        name="gift_totals",
                    ),
                    models.Index(fields=["agency", "source", "external_id"], name="gift_by_external_id"),
                    models.Index(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=["agency", "reference"],
                        name="gift_by_reference",
                    ),
                    models.Index(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=["agency", "reverses"],
                        name="gift_by_reversed",
                    ),
                    models.Index(
                        condition=models.Q(("import_id__isnull", False)),
                        fields=["agency", "import_id"],
                        name="gift_by_import",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="gift_currency"),
                    models.CheckConstraint(
                        condition=models.Q(("tendered_currency__regex", "^[A-Z]{3}$")), name="gift_tendered_currency"
                    ),
                    models.UniqueConstraint(fields=("agency", "posting"), name="gift_posted_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "designation_key",
                    models.CharField(help_text="the designation's code, or the file's text in suspense", max_length=80),
                ),
                ("amount", models.BigIntegerField(help_text="minor units of the gift's currency")),
                (
                    "tendered_amount",
                    models.BigIntegerField(help_text="of this line, where it differs from the amount", null=True),
                ),
                ("tendered_currency", models.CharField(blank=True, max_length=3)),
                ("intent", models.TextField(blank=True, help_text="what the giver wrote, verbatim")),
                ("source", models.CharField(max_length=40)),
                ("external_id", models.CharField(max_length=80)),
                ("staged_row", models.BigIntegerField(help_text="the row of the import, as it came", null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
                        related_name="gift_lines",
                        to="funds.designation",
                    ),
                ),
                (
                    "gift",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="partners.gift",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "gift"], name="line_by_gift"),
                    models.Index(fields=["agency", "designation"], name="line_by_designation"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="line_is_not_zero"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("agency", "source", "designation_key", "external_id"),
                        name="one_line_per_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GivingUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "receipts",
                    models.CharField(
                        choices=[("each", "one for each gift"), ("annual", "once a year"), ("none", "none")],
                        default="annual",
                        max_length=6,
                    ),
                ),
                ("is_unidentified", models.BooleanField(default=False)),
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
                        condition=models.Q(("is_unidentified", True)), fields=("agency",), name="one_unidentified_giver"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="gift",
            name="giving_unit",
            field=agencies.fields.OwnedKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gifts",
                to="partners.givingunit",
            ),
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField(help_text="minor units, per payment")),
                ("currency", models.CharField(max_length=3)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("weekly", "weekly"),
                            ("two_weekly", "every two weeks"),
                            ("monthly", "monthly"),
                            ("two_monthly", "every two months"),
                            ("quarterly", "quarterly"),
                            ("four_monthly", "every four months"),
                            ("half_yearly", "every half year"),
                            ("yearly", "yearly"),
                            ("two_yearly", "every two years"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("method", models.CharField(blank=True, max_length=20)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
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
                        related_name="commitments",
                        to="funds.designation",
                    ),
                ),
                (
                    "giving_unit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="partners.givingunit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "designation", "starts_on"], name="commitment_by_designation"),
                    models.Index(fields=["agency", "giving_unit"], name="commitment_by_giver"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="commitment_is_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="commitment_currency"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="commitment_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("household", "household"),
                            ("church", "church"),
                            ("foundation", "foundation"),
                            ("business", "business"),
                            ("organization", "organization"),
                            ("fund_sponsor", "sponsor of donor-advised funds"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sort_name", models.CharField(help_text="last name or organization first", max_length=200)),
                ("title", models.CharField(blank=True, max_length=40)),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("middle_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(blank=True, max_length=120)),
                ("suffix", models.CharField(blank=True, max_length=40)),
                ("spouse_title", models.CharField(blank=True, max_length=40)),
                ("spouse_first_name", models.CharField(blank=True, max_length=80)),
                ("spouse_last_name", models.CharField(blank=True, max_length=120)),
                ("spouse_deceased", models.BooleanField(default=False)),
                ("organization", models.CharField(blank=True, max_length=200)),
                (
                    "roman_name",
                    models.CharField(blank=True, help_text="in Latin letters, where the name is not", max_length=200),
                ),
                ("greeting", models.CharField(blank=True, help_text="how a letter begins: Dear …", max_length=120)),
                (
                    "church",
                    models.CharField(blank=True, help_text="the church that the partner belongs to", max_length=200),
                ),
                ("language", models.CharField(blank=True, max_length=12)),
                ("deceased_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "search_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower("name"),
                        output_field=models.CharField(max_length=200),
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "indexes": [
                    models.Index(fields=["agency", "sort_name", "id"], name="partner_by_name"),
                    models.Index(fields=["agency", "search_name"], name="partner_by_search_name"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="partner_has_a_name")
                ],
            },
        ),
        migrations.AddField(
            model_name="givingunit",
            name="partner",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="giving_units",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="gift",
            name="soft_partner",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="soft_gifts",
                to="partners.partner",
            ),
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=80)),
                ("norm", models.CharField(max_length=80)),
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
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="external_ids",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "partner"], name="external_id_by_partner"),
                    models.Index(fields=["agency", "norm"], name="external_id_by_norm"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "source", "norm"), name="external_id_of_one_partner")
                ],
            },
        ),
        migrations.CreateModel(
            name="EmailAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "whose",
                    models.CharField(
                        choices=[("partner", "the partner"), ("spouse", "the spouse")], default="partner", max_length=7
                    ),
                ),
                ("not_valid_since", models.DateField(blank=True, null=True)),
                ("email", models.EmailField(max_length=254)),
                (
                    "norm",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(django.db.models.functions.text.Trim("email")),
                        output_field=models.CharField(max_length=254),
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
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emails",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "norm"], name="email_by_norm")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "partner", "whose", "norm"), name="email_once_per_partner"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "whose",
                    models.CharField(
                        choices=[("partner", "the partner"), ("spouse", "the spouse")], default="partner", max_length=7
                    ),
                ),
                ("not_valid_since", models.DateField(blank=True, null=True)),
                ("lines", models.TextField(help_text="street, one line per line")),
                ("city", models.CharField(blank=True, max_length=100)),
                ("region", models.CharField(blank=True, max_length=100)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("country", models.CharField(blank=True, max_length=60)),
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
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "partner"], name="address_by_partner")],
            },
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "whose",
                    models.CharField(
                        choices=[("partner", "the partner"), ("spouse", "the spouse")], default="partner", max_length=7
                    ),
                ),
                ("not_valid_since", models.DateField(blank=True, null=True)),
                ("number", models.CharField(max_length=40)),
                (
                    "digits",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "number",
                            models.Value("[^0-9]"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        output_field=models.CharField(max_length=40),
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
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phones",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "partner"], name="phone_by_partner"),
                    models.Index(fields=["agency", "digits"], name="phone_by_digits"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("unidentified_donor", "the giver is not known"),
                            ("unknown_designation", "the designation is not known"),
                            ("earmark_worker", "the memo asks for one worker only"),
                            ("unlinked_reversal", "the first gift was not found"),
                        ],
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=250)),
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
                    "line",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="partners.giftline",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["agency", "made_at"], name="review_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "line", "reason"), name="one_review_per_reason")
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=250)),
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
                (
                    "gift",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="partners.gift",
                    ),
                ),
                (
                    "posting",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        help_text="the reversal",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.posting",
                    ),
                ),
                (
                    "replacement",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="partners.gift",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "posting"], name="correction_by_posting"),
                    models.Index(fields=["agency", "replacement"], name="correction_by_replacement"),
                ],
                "constraints": [models.UniqueConstraint(fields=("agency", "gift"), name="corrected_once")],
            },
        ),
        migrations.AddIndex(
            model_name="givingunit",
            index=models.Index(fields=["agency", "partner"], name="giving_unit_by_partner"),
        ),
        migrations.AddConstraint(
            model_name="givingunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_unidentified", True), ("partner__isnull", False), _connector="OR"),
                name="giver_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="gift",
            index=models.Index(fields=["agency", "giving_unit", "-date"], name="gift_by_giver"),
        ),
    ]
