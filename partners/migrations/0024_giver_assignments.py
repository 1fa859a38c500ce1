import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from partners import assigned_sql


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_go_live"),
        ("partners", "0023_goods_in_return"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GiverAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("reason", models.CharField(max_length=250)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_reason", models.CharField(blank=True, max_length=250)),
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
                        related_name="giver_assignments",
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
                    "undone_by",
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
                    models.Index(fields=["agency", "gift"], name="giver_assignment_by_gift"),
                    models.Index(fields=["agency", "giving_unit"], name="giver_assignment_by_unit"),
                    models.Index(fields=["agency", "act"], name="giver_assignment_by_act"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("agency", "gift"),
                        name="one_standing_giver_assignment",
                    )
                ],
            },
        ),
        Protect(
            frozen={"giverassignment": ("undone_by_id", "undone_at", "undone_reason")},
            written_once={"giverassignment": ("undone_by_id", "undone_at")},
        ),
        migrations.RunSQL(assigned_sql.KEEP_GIVER, migrations.RunSQL.noop),
    ]
