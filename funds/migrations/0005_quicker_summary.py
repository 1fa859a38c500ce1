from django.db import migrations

from funds import sql


class Migration(migrations.Migration):
    dependencies = [("funds", "0004_movements")]

    operations = [
        migrations.RunSQL(sql.SUMMARIZE_BY_RANGE, migrations.RunSQL.noop),
        migrations.RunSQL(sql.ROOM_TO_GROW, migrations.RunSQL.noop),
    ]
