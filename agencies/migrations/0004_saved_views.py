import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_brand_promise"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("listing", models.CharField(help_text="key of the list, as its app registered it", max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shared_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="agency",
            name="board_met_on",
            field=models.DateField(
                blank=True,
                help_text="day of the last board meeting, from which the board reads what changed",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="quiet_after_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="days without activity after which a unit counts as quiet",
                validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(365)],
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("quiet_after_days__range", (7, 365))), name="agency_quiet_days"
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="removed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)),
                fields=("agency", "listing", "owner", "name"),
                name="one_saved_view_per_name",
            ),
        ),
        Protect(),
    ]
