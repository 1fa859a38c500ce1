from django.db import migrations

from reports.erasing_sql import END_STATEMENTS


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_keys"),
        ("agencies", "0012_statements_end"),
        ("partners", "0027_erasures"),
    ]

    operations = [migrations.RunSQL(END_STATEMENTS, "DROP FUNCTION end_statements(bigint[], text)")]
