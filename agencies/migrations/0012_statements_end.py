from django.db import migrations

from agencies.erasure_sql import REFUSE_CHANGE_BUT_ERASURE


class Migration(migrations.Migration):
    """What a statement says of an erased partner goes after its last legal day."""

    dependencies = [("agencies", "0011_temporary_tables_last")]

    operations = [migrations.RunSQL(REFUSE_CHANGE_BUT_ERASURE, migrations.RunSQL.noop)]
