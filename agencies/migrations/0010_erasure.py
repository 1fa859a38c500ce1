from django.db import migrations

from agencies.erasure_sql import REFUSE_CHANGE_BUT_ERASURE


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_go_live")]

    operations = [migrations.RunSQL(REFUSE_CHANGE_BUT_ERASURE, migrations.RunSQL.noop)]
