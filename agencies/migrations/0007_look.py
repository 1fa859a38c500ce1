import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.models.look
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "accent",
                    models.CharField(
                        blank=True, help_text='"#" and six hex digits; empty: the product\'s own', max_length=7
                    ),
                ),
                (
                    "logo",
                    models.FileField(
                        blank=True, help_text="made anew from the upload", upload_to=agencies.models.look.logo_path
                    ),
                ),
                (
                    "content_type",
                    models.CharField(blank=True, choices=[("image/png", "PNG"), ("image/jpeg", "JPEG")], max_length=20),
                ),
                ("width", models.PositiveSmallIntegerField(help_text="pixels", null=True)),
                ("height", models.PositiveSmallIntegerField(help_text="pixels", null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "chosen_by",
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
                "indexes": [models.Index(fields=["agency", "-id"], name="look_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("accent", ""), ("accent__regex", "^#[0-9a-f]{6}$"), _connector="OR"),
                        name="look_accent_is_a_color",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content_type", ""), ("height", None), ("logo", ""), ("sha256", ""), ("width", None)
                            ),
                            models.Q(
                                models.Q(("logo", ""), _negated=True),
                                ("height__gte", 1),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                ("width__gte", 1),
                                ("content_type__in", ["image/png", "image/jpeg"]),
                            ),
                            _connector="OR",
                        ),
                        name="look_logo_is_whole",
                    ),
                ],
            },
        ),
        Protect(append_only=("look",)),
    ]
