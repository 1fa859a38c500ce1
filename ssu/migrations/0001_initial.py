import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
import ssu.models.rollout


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImpactGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("statement", models.TextField(help_text="what will have changed, in a sentence")),
                ("reinforces", models.TextField(blank=True, help_text="how it reinforces the agency's overall goal")),
                ("indicator", models.CharField(blank=True, help_text="what is counted or measured", max_length=160)),
                (
                    "unit_of_measure",
                    models.CharField(blank=True, help_text="such as communities, families, percent", max_length=40),
                ),
                ("baseline", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("by_when", models.DateField(blank=True, null=True)),
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
                    "written_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="goal_author_does_not_approve",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Strategy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="short and unique, for files and lists", max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("impact_goal", models.TextField(blank=True, help_text="what this strategy as a whole is to change")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                "verbose_name_plural": "strategies",
                "constraints": [models.UniqueConstraint(fields=("agency", "code"), name="one_strategy_per_code")],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="short and unique; everybody sees it, so it names no closed place or people",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("community", "Community"),
                            ("people_group", "People group"),
                            ("program", "Program"),
                            ("initiative", "Initiative"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "discretion",
                    models.CharField(
                        choices=[("open", "Open"), ("careful", "Careful"), ("closed", "Closed")],
                        default="open",
                        max_length=7,
                    ),
                ),
                (
                    "alias",
                    models.CharField(blank=True, help_text="what others call it; needed when closed", max_length=120),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                (
                    "region",
                    models.CharField(
                        blank=True, help_text="shown instead of the place when careful or closed", max_length=120
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("archived", "Archived")], default="active", max_length=8
                    ),
                ),
                (
                    "shift_date",
                    models.DateField(
                        blank=True,
                        help_text="day from which partners are asked to give to the unit instead of to a person",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                    "copied_from",
                    agencies.fields.OwnedKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="ssu.unit",
                    ),
                ),
                (
                    "strategy",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="ssu.strategy",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "strategy"], name="unit_by_strategy")],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "code"), name="one_unit_per_code"),
                    models.CheckConstraint(
                        condition=models.Q(("discretion__in", ["open", "careful", "closed"])),
                        name="unit_discretion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("discretion", "closed"), _negated=True),
                            models.Q(("alias", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="closed_unit_has_alias",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("copied_from", models.F("id")), _negated=True),
                        name="unit_is_no_copy_of_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("declared_on", models.DateField()),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "declared_by",
                    models.ForeignKey(
                        db_index=False,
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
                        related_name="rollouts",
                        to="ssu.unit",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agency", "unit"), name="one_declaration_per_unit")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("story", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "added_by",
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
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "goal",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="ssu.impactgoal",
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
                (
                    "unit",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="ssu.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("agency", "unit", "goal", "date"),
                        name="one_reading_per_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lowering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[("open", "Open"), ("careful", "Careful"), ("closed", "Closed")], max_length=7
                    ),
                ),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
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
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
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
                        related_name="lowerings",
                        to="ssu.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("agency", "unit"),
                        name="one_open_lowering_per_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(("agreed", True), _negated=True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="lowering_needs_two_people",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="impactgoal",
            name="unit",
            field=agencies.fields.OwnedKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="ssu.unit"
            ),
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="key in files, such as the number of the support account", max_length=20
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("last_name", models.CharField(blank=True, max_length=80)),
                (
                    "discretion",
                    models.CharField(
                        choices=[("open", "Open"), ("careful", "Careful"), ("closed", "Closed")],
                        default="open",
                        max_length=7,
                    ),
                ),
                (
                    "alias",
                    models.CharField(blank=True, help_text="what others call the person when closed", max_length=120),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                    "membership",
                    agencies.fields.OwnedKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workers",
                        to="agencies.membership",
                    ),
                ),
                (
                    "spouse",
                    agencies.fields.OwnedKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ssu.worker",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("agency", "code"),
                        name="one_worker_per_code",
                    ),
                    models.UniqueConstraint(fields=("agency", "membership"), name="one_worker_per_membership"),
                    models.UniqueConstraint(fields=("agency", "spouse"), name="one_spouse_each"),
                    models.CheckConstraint(
                        condition=models.Q(("spouse", models.F("id")), _negated=True), name="nobody_is_their_own_spouse"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discretion__in", ["open", "careful", "closed"])),
                        name="worker_discretion_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("leader", "Team leader"), ("member", "Team member"), ("coach", "Coach")],
                        max_length=15,
                    ),
                ),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(blank=True, help_text="access and service end on this day", null=True)),
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
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="team", to="ssu.unit"
                    ),
                ),
                (
                    "worker",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service",
                        to="ssu.worker",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "worker"], name="service_by_worker")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("agency", "unit", "worker", "role"),
                        name="one_open_service_per_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"),
                        name="nobody_leaves_before_joining",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["leader", "member", "coach"])), name="team_role_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12)),
                ("step", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("own_wording", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("ready", "Ready to confirm"),
                            ("completed", "Completed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="not_started",
                        max_length=14,
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.TextField(blank=True, help_text="why it is not applicable, or why it was opened again"),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("last_activity_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "claimed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
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
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="ssu.unit"
                    ),
                ),
                (
                    "assignee",
                    agencies.fields.OwnedKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ssu.worker",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "state"], name="item_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "unit", "key"), name="one_item_per_key"),
                    models.CheckConstraint(
                        condition=models.Q(("step__range", (1, 6))), name="item_in_one_of_six_steps"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["not_started", "in_progress", "ready", "completed", "not_applicable"])
                        ),
                        name="item_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("claimed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_confirms_own_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "completed"), ("confirmed_by__isnull", False), ("claimed_by__isnull", False)
                            ),
                            models.Q(models.Q(("state", "completed"), _negated=True), ("confirmed_by", None)),
                            _connector="OR",
                        ),
                        name="completed_means_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claimed_by", None), ("state__in", ["not_started", "in_progress", "not_applicable"])
                            ),
                            models.Q(("claimed_by__isnull", False), ("state__in", ["ready", "completed"])),
                            _connector="OR",
                        ),
                        name="ready_means_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_applicable"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_applicable_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("object", "From the app"), ("file", "File"), ("link", "Link"), ("note", "Note")],
                        max_length=6,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True, help_text="the note")),
                ("url", models.URLField(blank=True, max_length=500)),
                ("file", models.FileField(blank=True, max_length=120, upload_to=ssu.models.rollout.evidence_path)),
                ("content_type", models.CharField(blank=True, max_length=80)),
                ("size", models.PositiveIntegerField(help_text="bytes", null=True)),
                ("object_kind", models.CharField(blank=True, help_text="key of the resolver registry", max_length=40)),
                ("object_id", models.BigIntegerField(null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
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
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "item",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="ssu.actionitem",
                    ),
                ),
                (
                    "removed_by",
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
                    models.Index(fields=["agency", "item"], name="evidence_of_item"),
                    models.Index(
                        condition=models.Q(("kind", "object")),
                        fields=["agency", "object_kind", "object_id"],
                        name="evidence_by_object",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "object"),
                                models.Q(("object_kind", ""), _negated=True),
                                ("object_id__isnull", False),
                            ),
                            models.Q(("kind", "file"), models.Q(("file", ""), _negated=True), ("size__isnull", False)),
                            models.Q(("kind", "link"), models.Q(("url", ""), _negated=True)),
                            models.Q(("kind", "note"), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evidence_holds_what_its_kind_says",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claimed", "Claimed"),
                            ("confirmed", "Confirmed"),
                            ("undone", "Undone"),
                            ("not_applicable", "Set as not applicable"),
                            ("reopened", "Opened again"),
                            ("evidence_added", "Evidence added"),
                            ("evidence_removed", "Evidence removed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True)),
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
                    "item",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="ssu.actionitem",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "item", "id"], name="events_of_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "not_applicable"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_not_applicable_has_a_reason",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="impactgoal",
            constraint=models.UniqueConstraint(fields=("agency", "unit", "version"), name="goal_versions_are_numbered"),
        ),
    ]
