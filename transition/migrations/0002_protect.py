from django.db import migrations

from agencies.protect import Protect
from transition import sql


class Migration(migrations.Migration):
    dependencies = [
        ("transition", "0001_initial"),
        ("communications", "0007_approver_wrote_nothing"),
        ("funds", "0002_protect"),
        ("partners", "0027_erasures"),
        ("ssu", "0012_goals_sent_back"),
    ]

    operations = [
        Protect(
            frozen={
                "plan": ("ended_by_id", "ended_at", "ended_reason"),
                "guarantee": ("ended_by_id", "ended_at"),
                "shiftact": ("taken_back_by_id", "taken_back_at", "taken_back_reason"),
                "talkedover": ("taken_back_by_id", "taken_back_at"),
            },
            written_once={
                "plan": ("ended_by_id", "ended_at"),
                "guarantee": ("ended_by_id", "ended_at"),
                "shiftact": ("taken_back_by_id", "taken_back_at"),
                "talkedover": ("taken_back_by_id", "taken_back_at"),
            },
        ),
        migrations.RunSQL(sql.KEEP_TERMS, migrations.RunSQL.noop),
        migrations.RunSQL(sql.ERASE_TRANSITION, migrations.RunSQL.noop),
    ]
