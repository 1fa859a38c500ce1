import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("imports", "0004_findings"),
        ("jobs", "0003_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="undo_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="importrun",
            name="undone",
            field=models.JSONField(default=dict, help_text="what was taken back and what stayed, in counts"),
        ),
        migrations.AddField(
            model_name="importrun",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Waiting to be checked"),
                    ("refused", "Refused"),
                    ("checked", "Checked"),
                    ("applying", "Being applied"),
                    ("applied", "Applied"),
                    ("undoing", "Being undone"),
                    ("undone", "Undone"),
                ],
                default="uploaded",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "undone"), _negated=True), ("undone_at__isnull", False), _connector="OR"
                ),
                name="undone_has_its_moment",
            ),
        ),
        Protect(frozen={"stagedrow": ("cells", "verdict", "key")}),
    ]
