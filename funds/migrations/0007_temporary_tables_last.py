from django.db import migrations

FUNCTIONS = ("summarize_entries",)


class Migration(migrations.Migration):
    """Functions of the owner look into temporary tables last: whoever calls them may have made one of any name."""

    dependencies = [("funds", "0006_planned_each_time")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public, pg_temp",
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public",
        )
        for name in FUNCTIONS
    ]
