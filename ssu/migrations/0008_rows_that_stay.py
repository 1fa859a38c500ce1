from django.db import migrations

from agencies.protect import Protect

ANSWER = ("answered_by_id", "answered_at", "agreed")
WITHDRAWN = ("withdrawn_by_id", "withdrawn_at", "withdrawn_reason")
REMOVED = ("removed_by_id", "removed_at")


class Migration(migrations.Migration):
    dependencies = [("ssu", "0007_last_activity"), ("agencies", "0006_rules_about_rows_that_stay")]

    operations = [
        Protect(
            append_only=("rollout",),
            frozen={
                "evidence": REMOVED,
                "lowering": ANSWER,
                "personlowering": ANSWER,
                "impactgoal": ("approved_by_id", "approved_at"),
                "reading": ("withdrawn_by_id", "withdrawn_at"),
                "teammember": ("role", "joined_on", "left_on"),
                "conversation": WITHDRAWN,
                "coachingsession": WITHDRAWN,
                "coachingexcuse": WITHDRAWN,
                "dialogueleader": REMOVED,
            },
            written_once={
                "lowering": ANSWER,
                "personlowering": ANSWER,
                "impactgoal": ("approved_by_id", "approved_at"),
                "reading": ("withdrawn_by_id", "withdrawn_at"),
                "conversation": WITHDRAWN,
                "coachingsession": WITHDRAWN,
                "coachingexcuse": WITHDRAWN,
                "dialogueleader": REMOVED,
            },
        )
    ]
