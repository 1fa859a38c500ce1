import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_protect"),
        ("partners", "0003_suspense_assignments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_given", models.BooleanField(help_text="partners were told")),
                ("told_on", models.DateField(help_text="since when partners know", null=True)),
                ("wording", models.TextField(blank=True, help_text="in what words, and where they stand")),
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
            ],
            options={
                "indexes": [models.Index(fields=["agency", "-id"], name="team_notice_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_given", False),
                            models.Q(("told_on__isnull", False), models.Q(("wording", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="team_notice_is_whole",
                    )
                ],
            },
        ),
        Protect(append_only=("teamnotice",)),
    ]
