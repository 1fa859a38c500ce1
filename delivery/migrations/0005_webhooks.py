import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from delivery.sql import DUE_WORK_WITH_WEBHOOKS


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_go_live"),
        ("delivery", "0004_notice_channels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="which program listens", max_length=60)),
                ("url", models.URLField(max_length=500)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), help_text="delivery.event_kinds", size=None
                    ),
                ),
                ("secret", models.TextField(help_text="sealed")),
                ("former_secret", models.TextField(blank=True, help_text="sealed")),
                ("former_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("paused_at", models.DateTimeField(null=True)),
                (
                    "paused_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hand", "Paused by hand"),
                            ("failing", "Paused: it did not answer for days"),
                            ("gone", "Paused: it answered that it is gone"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "failing_since",
                    models.DateTimeField(help_text="the first failure since something arrived", null=True),
                ),
                ("failures", models.PositiveIntegerField(default=0, help_text="since something arrived")),
                ("resting_until", models.DateTimeField(null=True)),
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
                    "made_by",
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
            name="WebhookEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("body", models.TextField()),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
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
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("cancelled", "Not sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("status", models.PositiveSmallIntegerField(help_text="the HTTP status of the last answer", null=True)),
                ("said", models.CharField(blank=True, help_text="why the last attempt failed", max_length=200)),
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
                    "webhook",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="delivery.webhook",
                    ),
                ),
                (
                    "event",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="delivery.webhookevent",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("agency", "name"), name="one_webhook_per_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("kinds__len__gt", 0)), name="webhook_hears_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_at", None), ("paused_why", "")),
                    models.Q(("paused_at__isnull", False), models.Q(("paused_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="webhook_pause_has_a_cause",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookevent",
            index=models.Index(fields=["agency", "happened_at"], name="webhook_event_by_moment"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["agency", "webhook", "state", "-id"], name="webhook_delivery_by_state"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["agency", "webhook", "id"], name="webhook_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("agency", "event", "webhook"), name="one_delivery_per_event_and_webhook"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("lease_until", None), ("state", "waiting"), _connector="OR"),
                name="webhook_lease_while_waiting",
            ),
        ),
        Protect(),
        migrations.RunSQL(DUE_WORK_WITH_WEBHOOKS, migrations.RunSQL.noop),
    ]
