import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
import agencies.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$",
                                "Use small letters, digits and hyphens, 40 at most.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("legal_name", models.CharField(blank=True, help_text="as it stands on receipts", max_length=160)),
                ("tax_number", models.CharField(blank=True, help_text="EIN in the United States", max_length=20)),
                ("address", models.TextField(blank=True, help_text="postal address, one line per line")),
                ("country", models.CharField(default="US", max_length=2)),
                ("locale", models.CharField(default="en_US", max_length=12)),
                ("impact_goal", models.TextField(blank=True, help_text="the overall goal that every unit reinforces")),
                ("base_currency", models.CharField(default="USD", max_length=3)),
                ("time_zone", models.CharField(default="UTC", max_length=40)),
                (
                    "fiscal_year_start",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="month in which the fiscal year begins",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "unit_word",
                    models.CharField(
                        default="SSU", help_text="what this agency calls a smallest strategic unit", max_length=30
                    ),
                ),
                (
                    "unit_words",
                    models.CharField(default="SSUs", help_text="the same, for more than one", max_length=30),
                ),
                (
                    "default_source",
                    models.CharField(
                        default="AGENCY", help_text="the source of gifts in files that name none", max_length=40
                    ),
                ),
                (
                    "organization_code",
                    models.CharField(
                        blank=True, help_text="how the agency's own DataSync files call it", max_length=40
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fiscal_year_start__range", (1, 12))), name="agency_fiscal_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("base_currency__regex", "^[A-Z]{3}$")), name="agency_currency_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                ("roles", models.JSONField(default=list, help_text="agency-wide roles")),
                ("unit_roles", models.JSONField(default=list, help_text="pairs of unit id and role")),
                ("nonce", models.CharField(editable=False, max_length=43)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(default=agencies.models.people.in_two_weeks)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agency", "user"), name="one_membership_per_person")],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("staff", "Staff"),
                            ("finance", "Finance"),
                            ("board", "Board (read only)"),
                        ],
                        max_length=15,
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("agency", "membership", "role"),
                        name="one_open_grant_per_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["administrator", "staff", "finance", "board"])),
                        name="grant_of_agency_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alliance_id", models.BigIntegerField(editable=False, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("verb", models.CharField(max_length=60)),
                ("kind", models.CharField(help_text="app and model of the object", max_length=60)),
                ("object_id", models.BigIntegerField(null=True)),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="how the object is called for anybody: alias where it has one",
                        max_length=200,
                    ),
                ),
                ("changes", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "-at"], name="audit_by_time"),
                    models.Index(fields=["agency", "kind", "object_id"], name="audit_by_object"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("endpoint", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=64)),
                ("request_hash", models.CharField(max_length=64)),
                ("result", models.JSONField(default=dict)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "endpoint", "key"), name="one_effect_per_key")
                ],
            },
        ),
    ]
