"""What was done can be undone whole: a claim or confirmation stands again, a declaration is taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ssu", "0007_last_activity"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(
            model_name="itemevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("claimed", "Claimed"),
                    ("confirmed", "Confirmed"),
                    ("undone", "Undone"),
                    ("not_applicable", "Set as not applicable"),
                    ("reopened", "Opened again"),
                    ("evidence_added", "Evidence added"),
                    ("evidence_removed", "Evidence removed"),
                    ("claim_restored", "Claim stands again"),
                    ("confirm_restored", "Confirmation stands again"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="rollout",
            name="taken_back_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="rollout", name="taken_back_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="rollout",
            name="taken_back_reason",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="rollout", name="one_declaration_per_unit"),
        migrations.AddConstraint(
            model_name="rollout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("agency", "unit"),
                name="one_declaration_per_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="rollout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at", None), ("taken_back_by", None)),
                    models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                    _connector="OR",
                ),
                name="declaration_taken_back_by_somebody",
            ),
        ),
    ]
