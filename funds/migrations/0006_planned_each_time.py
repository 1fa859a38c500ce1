from django.db import migrations

from funds import sql


class Migration(migrations.Migration):
    dependencies = [("funds", "0005_quicker_summary")]

    operations = [migrations.RunSQL(sql.PLANNED_EACH_TIME, migrations.RunSQL.noop)]
