from django.db import migrations

from funds import sql


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_protect")]

    operations = [migrations.RunSQL(sql.KEEP_WHAT_WAS_GIVEN, migrations.RunSQL.noop)]
