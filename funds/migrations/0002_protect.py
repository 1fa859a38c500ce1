from django.db import migrations

from agencies.protect import Protect
from funds import sql


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial"), ("agencies", "0002_protect"), ("ssu", "0002_protect")]

    operations = [
        Protect(append_only=("posting", "entry"), read_only=("accountmonth",)),
        migrations.RunSQL(sql.CHECK_ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(sql.SUMMARIZE_ENTRIES, migrations.RunSQL.noop),
    ]
