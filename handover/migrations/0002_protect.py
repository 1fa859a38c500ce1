from django.db import migrations

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("handover", "0001_initial")]

    operations = [
        Protect(
            append_only=("casereader", "passing", "check"),
            frozen={
                "case": ("told_by_id", "told_at", "closed_by_id", "closed_at"),
                "passingact": ("taken_back_by_id", "taken_back_at"),
            },
            written_once={
                "case": ("told_by_id", "told_at", "closed_by_id", "closed_at"),
                "passingact": ("taken_back_by_id", "taken_back_at"),
            },
        ),
    ]
