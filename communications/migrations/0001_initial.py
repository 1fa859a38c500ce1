import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        ("partners", "0002_protect"),
        ("ssu", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField(help_text="paragraphs, with the marks and fields that the page explains")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("news", "News and prayer"), ("appeal", "Appeals for gifts")], max_length=7
                    ),
                ),
                ("language", models.CharField(default="en", max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("audience", models.JSONField(default=dict)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(null=True)),
                ("job_id", models.BigIntegerField(help_text="the job that sends it", null=True)),
                ("sent_at", models.DateTimeField(help_text="when the last message was put into the outbox", null=True)),
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
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
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
                        related_name="letters",
                        to="ssu.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "-id"], name="letter_newest"),
                    models.Index(fields=["agency", "unit"], name="letter_by_unit"),
                    models.Index(
                        condition=models.Q(("job_id__isnull", False)), fields=["agency", "job_id"], name="letter_by_job"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["news", "appeal"])), name="letter_purpose"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "sending", "sent"]), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_goes_out_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="letter_sent_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outgoing_id", models.BigIntegerField(help_text="the message in the outbox", null=True)),
                (
                    "address_hash",
                    models.CharField(blank=True, help_text="no address gets a letter twice either", max_length=64),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consent", "Consent"),
                            ("legitimate_interest", "Legitimate interest"),
                            ("contract", "Contract or law"),
                            ("objection", "Objection"),
                        ],
                        help_text="the ground on which it was sent",
                        max_length=19,
                    ),
                ),
                (
                    "excluded",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deceased", "Has died"),
                            ("objected", "Objected or unsubscribed"),
                            ("no_email", "No e-mail address"),
                            ("not_valid", "The e-mail address does not work"),
                            ("suppressed", "The address is closed: unsubscribed, bounced or reported as spam"),
                            ("no_basis", "No consent on record"),
                            ("lapsed", "Last gift too long ago"),
                            ("sponsor", "Sponsor of donor-advised funds"),
                            ("language", "Reads another language"),
                            ("same_address", "Already in this letter under the same address"),
                        ],
                        max_length=12,
                    ),
                ),
                ("included_anyway", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "letter",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="communications.letter",
                    ),
                ),
                (
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_messages",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "letter", "excluded", "id"], name="messages_of_letter"),
                    models.Index(
                        condition=models.Q(("outgoing_id__isnull", False)),
                        fields=["agency", "outgoing_id"],
                        name="by_outgoing",
                    ),
                    models.Index(fields=["agency", "partner"], name="letters_to_partner"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "letter", "partner"), name="one_letter_per_partner"),
                    models.UniqueConstraint(
                        condition=models.Q(("address_hash", ""), _negated=True),
                        fields=("agency", "letter", "address_hash"),
                        name="one_letter_per_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("excluded", ""),
                            models.Q(("address_hash", ""), ("basis", ""), ("outgoing_id", None)),
                            _connector="OR",
                        ),
                        name="excluded_gets_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(choices=[("email", "E-mail"), ("post", "Post"), ("phone", "Phone")], max_length=5),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("news", "News and prayer"),
                            ("appeal", "Appeals for gifts"),
                            ("receipt", "Receipts and statements"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "Consent"),
                            ("legitimate_interest", "Legitimate interest"),
                            ("contract", "Contract or law"),
                            ("objection", "Objection"),
                        ],
                        max_length=19,
                    ),
                ),
                ("wording", models.TextField(help_text="what the partner agreed to or said, word for word")),
                (
                    "source",
                    models.CharField(
                        help_text="where it came from: response card, call, preferences page", max_length=160
                    ),
                ),
                ("on", models.DateField(help_text="the day on which the partner said so")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        help_text="none: partner",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_entries",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "consent entries",
                "indexes": [
                    models.Index(
                        fields=["agency", "partner", "channel", "purpose", "-on", "-id"], name="consent_newest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "post", "phone"])), name="consent_channel_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["news", "appeal", "receipt"])), name="consent_purpose_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["consent", "legitimate_interest", "contract", "objection"])),
                        name="consent_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="consent_has_a_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("news", models.BooleanField(help_text="news and prayer letters go to those who gave lately")),
                ("appeals", models.BooleanField(help_text="appeals go to those who gave lately")),
                ("months", models.PositiveSmallIntegerField(help_text="how long after the last gift")),
                (
                    "wording",
                    models.TextField(help_text="why the agency's interest outweighs, as a partner may read it"),
                ),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "decided_by",
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
                "verbose_name_plural": "consent policies",
                "indexes": [models.Index(fields=["agency", "-id"], name="consent_policy_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__range", (1, 120))), name="consent_policy_months"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appeals", False), ("news", False)),
                            models.Q(("wording", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consent_policy_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoreMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField(help_text="what every partner should hear, in a few sentences")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(null=True)),
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
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
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
                        related_name="core_messages",
                        to="ssu.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "unit", "version"), name="core_message_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("author", None),
                            models.Q(("approved_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="core_message_approved_by_another",
                    ),
                ],
            },
        ),
    ]
