"""A version of a goal is sent back or thrown away; its row stays, and nobody approves it any more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.protect import Protect

ENDED = (
    "approved_by_id",
    "approved_at",
    "returned_by_id",
    "returned_at",
    "return_reason",
    "dropped_by_id",
    "dropped_at",
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0008_api_keys"),
        ("ssu", "0011_approver_wrote_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="impactgoal",
            name="dropped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="impactgoal",
            name="dropped_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="impactgoal",
            name="return_reason",
            field=models.TextField(blank=True, db_default="", help_text="what should change"),
        ),
        migrations.AddField(
            model_name="impactgoal",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="impactgoal",
            name="returned_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="impactgoal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(("dropped_at", None), ("returned_at", None)),
                    _connector="OR",
                ),
                name="goal_sent_back_is_not_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="impactgoal",
            constraint=models.CheckConstraint(
                condition=models.Q(("returned_at", None), ("dropped_at", None), _connector="OR"),
                name="goal_sent_back_or_thrown_away",
            ),
        ),
        Protect(frozen={"impactgoal": ENDED}, written_once={"impactgoal": ENDED}),
    ]
