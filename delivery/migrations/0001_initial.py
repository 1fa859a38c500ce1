import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="what happened, as a stable word", max_length=60)),
                ("text", models.CharField(max_length=300)),
                ("url", models.CharField(blank=True, help_text="a path in this workspace", max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "user", "-id"], name="notice_newest"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["agency", "user"], name="notice_unread"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alliance_id", models.BigIntegerField(editable=False, null=True)),
                ("to", models.EmailField(max_length=320)),
                ("sender", models.CharField(help_text="the From line", max_length=320)),
                ("reply_to", models.CharField(blank=True, max_length=320)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("headers", models.JSONField(default=dict, help_text="further headers, such as List-Unsubscribe")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("statement", "Statement"),
                            ("notice", "Notice"),
                            ("invitation", "Invitation"),
                            ("account", "Account"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reference_kind",
                    models.CharField(blank=True, help_text="what it is part of: app and model", max_length=60),
                ),
                ("reference_id", models.BigIntegerField(null=True)),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="the sender's own key: queued with it once only", max_length=100
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("paused", "Paused"),
                            ("leased", "About to be sent"),
                            ("sending", "Being sent"),
                            ("accepted", "Sent"),
                            ("failed", "Failed"),
                            ("unknown", "Unknown"),
                            ("delivered", "Delivered"),
                            ("bounced", "Bounced"),
                            ("complained", "Reported as spam"),
                            ("cancelled", "Cancelled"),
                            ("suppressed", "Not sent: unsubscribed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("provider_id", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sending_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(help_text="when a person decided about an unknown one", null=True)),
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
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "state", "-id"], name="message_by_state"),
                    models.Index(
                        fields=["agency", "reference_kind", "reference_id", "state"], name="message_by_reference"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "leased", "sending"])),
                        fields=["agency", "id"],
                        name="message_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("agency", "alliance_id", "key"),
                        name="message_queued_once_per_key",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state__in", ["leased", "sending"])),
                            models.Q(
                                models.Q(("state__in", ["leased", "sending"]), _negated=True), ("lease_until", None)
                            ),
                            _connector="OR",
                        ),
                        name="message_lease_while_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alliance_id", models.BigIntegerField(editable=False, null=True)),
                ("address_hash", models.CharField(max_length=64)),
                ("purpose", models.CharField(blank=True, help_text="empty: every purpose", max_length=20)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("unsubscribed", "unsubscribed"),
                            ("bounced", "the address does not exist"),
                            ("complained", "reported as spam"),
                            ("asked", "asked us not to write"),
                        ],
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(null=True)),
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
                (
                    "lifted_by",
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
                        condition=models.Q(("lifted_at", None)),
                        fields=("agency", "alliance_id", "address_hash", "purpose"),
                        name="one_open_suppression",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
