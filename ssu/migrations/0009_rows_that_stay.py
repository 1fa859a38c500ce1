from django.db import migrations

from agencies.protect import Protect

ANSWER = ("answered_by_id", "answered_at", "agreed")
WITHDRAWN = ("withdrawn_by_id", "withdrawn_at", "withdrawn_reason")
TAKEN_BACK = ("taken_back_by_id", "taken_back_at", "taken_back_reason")
REMOVED = ("removed_by_id", "removed_at")


class Migration(migrations.Migration):
    dependencies = [("ssu", "0008_taken_back"), ("agencies", "0006_rules_about_rows_that_stay")]

    operations = [
        Protect(
            frozen={
                "rollout": TAKEN_BACK,
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
                "rollout": TAKEN_BACK,
                "lowering": ANSWER,
                "personlowering": ANSWER,
                "impactgoal": ("approved_by_id", "approved_at"),
                "conversation": WITHDRAWN,
                "coachingsession": WITHDRAWN,
                "coachingexcuse": WITHDRAWN,
                "dialogueleader": REMOVED,
            },
        )
    ]
