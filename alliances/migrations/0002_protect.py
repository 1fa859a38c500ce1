from django.db import migrations

from alliances.lookups import FUNCTIONS
from alliances.policies import protect
from alliances.sql import RULES


class Migration(migrations.Migration):
    dependencies = [("alliances", "0001_initial"), ("agencies", "0002_protect")]

    operations = [
        protect(),
        *(migrations.RunSQL(rule, migrations.RunSQL.noop) for rule in RULES),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
