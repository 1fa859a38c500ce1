import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("partners", "0008_batches"),
        ("ssu", "0009_rows_that_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "phone call"),
                            ("video", "video call"),
                            ("visit", "visit"),
                            ("meeting", "meeting"),
                            ("email", "e-mail"),
                            ("message", "short message"),
                            ("letter", "letter"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("talked", "talked"),
                            ("no_answer", "not reached"),
                            ("left_word", "left a message"),
                            ("appointment", "agreed to meet"),
                            ("considers", "thinks about it"),
                            ("promised", "promised to give"),
                            ("prays", "promised to pray"),
                            ("declined", "said no"),
                            ("stop", "asked us to stop"),
                        ],
                        max_length=12,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                (
                    "note_for",
                    models.CharField(
                        choices=[("carers", "who cares for this partner"), ("writer", "only me")],
                        default="carers",
                        max_length=7,
                    ),
                ),
                ("logged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
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
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="partners.partner",
                    ),
                ),
                (
                    "unit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        help_text="none: in the name of the office",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "phone call"),
                            ("video", "video call"),
                            ("visit", "visit"),
                            ("meeting", "meeting"),
                            ("email", "e-mail"),
                            ("message", "short message"),
                            ("letter", "letter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(blank=True, help_text="what it is about", max_length=200)),
                ("due_on", models.DateField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end", models.CharField(blank=True, choices=[("done", "done"), ("closed", "closed")], max_length=6)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                (
                    "after",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="partners.contact",
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
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_with",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.contact",
                    ),
                ),
                (
                    "ended_by",
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
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="partners.partner",
                    ),
                ),
                (
                    "unit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        help_text="none: in the name of the office",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ssu.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_primary", models.BooleanField(default=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, help_text="holding ends on this day", null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        db_index=False,
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
                        related_name="holders",
                        to="partners.partner",
                    ),
                ),
                (
                    "unit",
                    agencies.fields.OwnedKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ssu.unit"
                    ),
                ),
                (
                    "worker",
                    agencies.fields.OwnedKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ssu.worker"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("connection", "Connection"),
                            ("initiation", "Initiation"),
                            ("appointment", "Appointment"),
                            ("follow_up", "Follow-up"),
                            ("partner_care", "Partner care"),
                            ("archive", "Archive"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(null=True)),
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
                    "contact",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="partners.contact",
                    ),
                ),
                (
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="partners.partner",
                    ),
                ),
                (
                    "set_by",
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
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ssu.unit"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)),
                fields=["agency", "partner", "-happened_on", "-id"],
                name="contact_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["agency", "partner"], name="follow_up_of_partner"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["agency", "due_on", "id"], name="follow_up_due"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["agency", "assignee", "due_on", "id"],
                name="follow_up_mine",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at", None)),
                    models.Q(("ended_at__isnull", False), models.Q(("end", ""), _negated=True)),
                    _connector="OR",
                ),
                name="follow_up_ends_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("after__isnull", False)),
                fields=("agency", "after"),
                name="one_follow_up_per_proposal",
            ),
        ),
        migrations.AddIndex(
            model_name="holder",
            index=models.Index(fields=["agency", "partner"], name="holder_by_partner"),
        ),
        migrations.AddIndex(
            model_name="holder",
            index=models.Index(
                condition=models.Q(("ends_on", None)), fields=["agency", "worker"], name="holder_by_worker"
            ),
        ),
        migrations.AddIndex(
            model_name="holder",
            index=models.Index(condition=models.Q(("ends_on", None)), fields=["agency", "unit"], name="holder_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="holder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("agency", "partner", "unit", "worker"),
                name="holder_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="holder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("is_primary", True)),
                fields=("agency", "partner", "unit"),
                name="one_primary_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="holder",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="holder_dates",
            ),
        ),
        migrations.AddIndex(
            model_name="stage",
            index=models.Index(
                condition=models.Q(("left_at", None)), fields=["agency", "kind", "unit"], name="stage_standing"
            ),
        ),
        migrations.AddIndex(
            model_name="stage",
            index=models.Index(condition=models.Q(("left_at", None)), fields=["agency", "unit"], name="stage_by_unit"),
        ),
        migrations.AddIndex(
            model_name="stage",
            index=models.Index(fields=["agency", "partner", "-set_at"], name="stage_by_partner"),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)), fields=("agency", "partner", "unit"), name="one_stage_per_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["connection", "initiation", "appointment", "follow_up", "partner_care", "archive"])
                ),
                name="stage_known",
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="added_at",
            field=models.DateTimeField(editable=False, help_text="unknown of what files brought", null=True),
        ),
        migrations.AddField(
            model_name="emailaddress",
            name="added_at",
            field=models.DateTimeField(editable=False, help_text="unknown of what files brought", null=True),
        ),
        migrations.AddField(
            model_name="phone",
            name="added_at",
            field=models.DateTimeField(editable=False, help_text="unknown of what files brought", null=True),
        ),
        Protect(
            frozen={
                "holder": ("ends_on", "ended_reason", "ended_by_id", "ended_at"),
                "stage": ("left_at",),
                "contact": ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
                "followup": (
                    "due_on",
                    "assignee_id",
                    "ended_at",
                    "ended_by_id",
                    "end",
                    "ended_reason",
                    "done_with_id",
                ),
            },
            written_once={
                "holder": ("ends_on", "ended_by_id", "ended_at"),
                "stage": ("left_at",),
                "contact": ("withdrawn_at", "withdrawn_by_id"),
            },
        ),
    ]
