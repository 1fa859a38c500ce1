from django.db import migrations

from agencies.protect import Protect
from partners import sql


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("funds", "0002_protect")]

    operations = [
        Protect(
            append_only=("giftcorrection",),
            frozen={"gift": ("withdrawn_at",), "giftline": ("withdrawn_at",)},
        ),
        migrations.RunSQL(sql.CHECK_LINES, migrations.RunSQL.noop),
        migrations.RunSQL(sql.NAME_INDEX + sql.FIND_PARTNERS, migrations.RunSQL.noop),
    ]
