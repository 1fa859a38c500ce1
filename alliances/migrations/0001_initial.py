import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
import alliances.models.invitation


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alliance",
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
                (
                    "purpose",
                    models.TextField(
                        blank=True, help_text="why these organizations stand together, in one or two sentences"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("exploring", "Exploring"),
                            ("forming", "Forming"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        default="exploring",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=40)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["exploring", "forming", "active", "paused", "closed"])),
                        name="alliance_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("offered", "Open for signature"),
                            ("adopted", "Adopted"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField(editable=False, null=True)),
                ("adopted_at", models.DateTimeField(editable=False, null=True)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "version"), name="agreement_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")), fields=("alliance",), name="one_adopted_agreement"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "offered", "adopted", "superseded"])),
                        name="agreement_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("consultation", "In consultation"),
                            ("adopted", "Adopted"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("consulted_at", models.DateTimeField(editable=False, null=True)),
                ("adopted_at", models.DateTimeField(editable=False, null=True)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "number"), name="agenda_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")), fields=("alliance",), name="one_adopted_agenda"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "consultation"])),
                        fields=("alliance",),
                        name="one_agenda_in_the_making",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "consultation", "adopted", "superseded"])),
                        name="agenda_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("future_state", "Desired future state"),
                            ("focus_area", "Key focus area"),
                            ("principle", "Principle for working together"),
                            ("milestone", "Milestone"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True)),
                (
                    "version",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="alliances.agendaversion"
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["future_state", "focus_area", "principle", "milestone"])),
                        name="agenda_item_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AllianceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("exploring", "Exploring"),
                            ("forming", "Forming"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "by",
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
            name="Backbone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organization", models.CharField(max_length=120)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("alliance",), name="one_backbone_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "serves",
                    agencies.fields.OwnedKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.agendaitem",
                        verbose_name="serves",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("alliance", "name"), name="indicator_name")],
            },
        ),
        migrations.CreateModel(
            name="IndicatorVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("adopted", "Adopted"), ("superseded", "Superseded")],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("flow", "Count in a period"),
                            ("stock", "Count at a date"),
                            ("running_total", "Running total"),
                            ("unique_people", "Unique people"),
                            ("ratio", "Ratio"),
                            ("mean", "Mean score"),
                            ("entity_set", "Set of languages or people groups"),
                            ("ordinal", "Ordered answer"),
                            ("text", "Text"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="such as: people, communities, books", max_length=40, verbose_name="counted in"
                    ),
                ),
                (
                    "definition",
                    models.TextField(help_text="what is counted, so that two organizations would count the same"),
                ),
                (
                    "how_to_count",
                    models.TextField(help_text="who counts, when, from which records; what does not count"),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "more is better"), ("down", "less is better"), ("neither", "neither")],
                        default="up",
                        max_length=7,
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "every month"),
                            ("quarterly", "every quarter"),
                            ("half_yearly", "every half-year"),
                            ("yearly", "every year"),
                        ],
                        default="quarterly",
                        max_length=11,
                    ),
                ),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        default=21, help_text="after the period has ended", verbose_name="days to report"
                    ),
                ),
                (
                    "overlap_policy",
                    models.CharField(
                        choices=[
                            ("none", "cannot be counted twice"),
                            ("settle", "members settle what two of them counted"),
                        ],
                        default="settle",
                        max_length=6,
                    ),
                ),
                (
                    "person_level",
                    models.BooleanField(
                        default=False,
                        help_text="then no revision is published whose difference from the one before shows one member's number",
                        verbose_name="counts people who could be recognized",
                    ),
                ),
                ("disaggregations", models.JSONField(default=list, editable=False)),
                ("adopted_at", models.DateTimeField(editable=False, null=True)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "indicator",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="alliances.indicator"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "indicator", "number"), name="indicator_version_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")),
                        fields=("alliance", "indicator"),
                        name="one_adopted_definition",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "flow",
                                    "stock",
                                    "running_total",
                                    "unique_people",
                                    "ratio",
                                    "mean",
                                    "entity_set",
                                    "ordinal",
                                    "text",
                                ],
                            )
                        ),
                        name="indicator_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "adopted", "superseded"])),
                        name="indicator_version_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organization", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("implementing", "Implementing partner"),
                            ("resource", "Resource partner"),
                            ("prayer", "Prayer partner"),
                        ],
                        default="implementing",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("signed", "Signed"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("left", "Left"),
                        ],
                        default="invited",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "organization"), name="one_member_per_organization"),
                    models.UniqueConstraint(
                        condition=models.Q(("agency__isnull", False)),
                        fields=("alliance", "agency"),
                        name="one_member_per_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["invited", "signed", "active", "suspended", "left"])),
                        name="member_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["implementing", "resource", "prayer"])), name="member_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("aggregate", "inside the total"),
                            ("member_value", "our own number, and inside the total"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("implementing", "the implementing members"),
                            ("resource", "the resource partners"),
                            ("prayer", "the prayer partners"),
                            ("public", "anybody"),
                        ],
                        max_length=12,
                    ),
                ),
                ("purpose", models.CharField(default="accountability and learning in the alliance", max_length=160)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="alliances.indicator"
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="alliances.member"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("alliance", "member", "indicator", "audience"),
                        name="one_consent_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["aggregate", "member_value"])), name="consent_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["implementing", "resource", "prayer", "public"])),
                        name="consent_audience",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("signed", "Signed"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("left", "Left"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="alliances.member"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Overlap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cell", models.CharField(blank=True, default="", editable=False, max_length=80)),
                ("question", models.TextField(help_text="where and how both may have counted the same")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "one",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.member"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "other",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.member"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="overlap_pair_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OverlapStance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "resolution",
                    models.CharField(
                        choices=[
                            ("sum", "Nobody was counted twice: both numbers count"),
                            ("max", "The smaller number is inside the larger one: only the larger counts"),
                            ("custom", "We know our number together"),
                        ],
                        max_length=6,
                    ),
                ),
                ("joint", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.member"
                    ),
                ),
                (
                    "overlap",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stances", to="alliances.overlap"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joint__isnull", False), ("resolution", "custom")),
                            models.Q(models.Q(("resolution", "custom"), _negated=True), ("joint__isnull", True)),
                            _connector="OR",
                        ),
                        name="joint_number_when_custom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("resolution__in", ["sum", "max", "custom"])), name="overlap_resolution"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("joint__isnull", True), ("joint__gte", 0), _connector="OR"),
                        name="joint_in_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("due_on", models.DateField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("locked_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "indicator",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="alliances.indicator"
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="alliances.indicatorversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "indicator", "starts"), name="one_period_per_start"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="period_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("ends"))), name="period_due_after_end"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="overlap",
            name="period",
            field=agencies.fields.OwnedKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="overlaps", to="alliances.period"
            ),
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accepted_at", models.DateTimeField(help_text="when the first report was accepted", null=True)),
                (
                    "handed_in_at",
                    models.DateTimeField(help_text="when the first accepted report had been handed in", null=True),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obligations", to="alliances.member"
                    ),
                ),
                (
                    "period",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obligations", to="alliances.period"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "period", "member"), name="one_obligation_per_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="PrayerRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[("alliance", "everybody in the alliance"), ("backbone", "the backbone and us")],
                        default="alliance",
                        max_length=8,
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answer", models.TextField(blank=True, editable=False)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [models.Index(fields=["alliance", "-asked_at"], name="prayer_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answered_at", None), ("closed_at", None), _connector="OR"),
                        name="answered_or_closed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrayerStrategy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "text",
                    models.TextField(
                        help_text="aims, rhythms, who does what; how time, uncertainty and lack of structure are met"
                    ),
                ),
                ("adopted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("alliance", "number"), name="prayer_strategy_number")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("implementing", "the implementing members"),
                            ("resource", "the resource partners"),
                            ("prayer", "the prayer partners"),
                            ("public", "anybody"),
                        ],
                        max_length=12,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("erratum", models.TextField(blank=True, help_text="why the revision before no longer holds")),
                ("document", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "indicator",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="alliances.indicator",
                    ),
                ),
                (
                    "period",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="alliances.period"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="alliances.indicatorversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["alliance", "indicator", "-id"], name="publication_by_indicator")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "period", "audience", "revision"), name="one_publication_per_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["implementing", "resource", "prayer", "public"])),
                        name="publication_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revision", 1),
                            models.Q(("revision__gt", 1), models.Q(("erratum", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="restated_with_erratum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gross", "Reported in all"),
                            ("overlap", "Counted twice"),
                            ("net", "Together"),
                            ("member", "Of this"),
                        ],
                        max_length=7,
                    ),
                ),
                ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.member"
                    ),
                ),
                (
                    "publication",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="alliances.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["publication", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "publication", "position"), name="one_line_per_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "member"), ("member__isnull", False)),
                            models.Q(models.Q(("kind", "member"), _negated=True), ("member__isnull", True)),
                            _connector="OR",
                        ),
                        name="member_lines_name_the_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("may_coordinate", models.BooleanField(default=False, verbose_name="coordinates")),
                ("may_report", models.BooleanField(default=False, verbose_name="reports")),
                ("may_sign", models.BooleanField(default=False, verbose_name="signs")),
                ("may_vote", models.BooleanField(default=False, verbose_name="votes")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "backbone",
                    agencies.fields.OwnedKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="alliances.backbone",
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="alliances.member",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("alliance", "user"), name="one_place_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("backbone__isnull", False), ("member__isnull", True)),
                            models.Q(("backbone__isnull", True), ("member__isnull", False)),
                            _connector="OR",
                        ),
                        name="for_member_or_backbone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("may_coordinate", False), ("backbone__isnull", False), _connector="OR"),
                        name="backbone_coordinates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("may_report", False), ("may_sign", False), ("may_vote", False)),
                            ("member__isnull", False),
                            _connector="OR",
                        ),
                        name="members_report_sign_vote",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("weekly", "every week"),
                            ("monthly", "every month"),
                            ("quarterly", "every quarter"),
                            ("yearly", "every year"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        help_text="day and hour with the time zone, such as: first Tuesday, 14:00 UTC", max_length=120
                    ),
                ),
                ("how", models.CharField(blank=True, max_length=160, verbose_name="how we meet")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "host",
                    agencies.fields.OwnedKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.member",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SeatInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                (
                    "capacities",
                    models.JSONField(default=list, help_text="names of the may_… fields of a representative"),
                ),
                ("nonce", models.CharField(editable=False, max_length=43)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(default=alliances.models.invitation.in_two_weeks)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
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
                (
                    "member",
                    agencies.fields.OwnedKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="alliances.member",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("alliance", "nonce"), name="seat_invitation_nonce")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_name", models.CharField(help_text="as the signatory wrote it", max_length=120)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agreement",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="alliances.agreement"
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="alliances.member"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "agreement", "member"), name="one_signature_per_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved inside"),
                            ("submitted", "Handed in"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "review_note",
                    models.TextField(blank=True, help_text="why it was returned, or a remark on what was accepted"),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="alliances.member"
                    ),
                ),
                (
                    "obligation",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="alliances.obligation",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "obligation", "revision"), name="one_submission_per_revision"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "submitted"])),
                        fields=("alliance", "obligation"),
                        name="one_submission_on_its_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "submitted", "accepted", "returned"])),
                        name="submission_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("review_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returned_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cell", models.CharField(blank=True, default="", max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "a number"),
                            ("estimated", "an estimate"),
                            ("not_collected", "we did not collect it"),
                            ("not_applicable", "it does not apply to us"),
                            ("not_permitted", "we may not tell"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=20,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("base", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "member",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.member"
                    ),
                ),
                (
                    "submission",
                    agencies.fields.OwnedKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="alliances.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "submission", "cell"), name="one_observation_per_cell"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reported", "estimated", "not_collected", "not_applicable", "not_permitted"])
                        ),
                        name="value_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("value__gte", 0), ("value__lt", 1000000000000000)),
                            _connector="OR",
                        ),
                        name="value_in_bounds",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.UniqueConstraint(
                fields=("alliance", "period", "one", "other", "cell"), name="one_overlap_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("reported", "estimated")), ("value__isnull", False)),
                    models.Q(
                        models.Q(("state__in", ("reported", "estimated")), _negated=True), ("value__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="value_where_reported",
            ),
        ),
    ]
