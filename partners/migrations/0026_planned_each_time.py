from django.db import migrations

from partners import sql


class Migration(migrations.Migration):
    dependencies = [("partners", "0025_undertakings")]

    operations = [migrations.RunSQL(sql.CHECK_LINES_PLANNED_EACH_TIME, migrations.RunSQL.noop)]
