from django.db import migrations

from agencies.protect import Protect
from budgets import sql


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial"), ("ssu", "0002_protect"), ("partners", "0002_protect")]

    operations = [Protect(), migrations.RunSQL(sql.KEEP_LINES, migrations.RunSQL.noop)]
