from django.db import migrations, models
from django.db.models import Q

from agencies.protect import Protect

WRITTEN = ("told_by_id", "told_at", "closed_by_id", "closed_at", "called_off_at")


class Migration(migrations.Migration):
    dependencies = [("handover", "0003_untold_hinders_nothing")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="called_off_at",
            field=models.DateTimeField(null=True, help_text="closed because the worker stays after all"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(closed_at__isnull=False), name="called_off_is_closed"
            ),
        ),
        Protect(frozen={"case": WRITTEN}, written_once={"case": WRITTEN}),
    ]
