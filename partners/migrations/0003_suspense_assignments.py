import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from partners import sql


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_protect"),
        ("funds", "0003_keep_what_was_given"),
        ("partners", "0002_protect"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SuspenseAssignment",
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
                    "designation",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.designation",
                    ),
                ),
                (
                    "line",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="partners.giftline",
                    ),
                ),
                (
                    "posting",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        help_text="the transfer",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="funds.posting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "line"], name="assignment_by_line")],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "posting"), name="one_assignment_per_transfer")
                ],
            },
        ),
        Protect(append_only=("suspenseassignment",), frozen={"giftline": ("withdrawn_at", "designation_id")}),
        migrations.RunSQL(sql.KEEP_DESIGNATION, migrations.RunSQL.noop),
    ]
