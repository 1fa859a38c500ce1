from django.db import migrations

FUNCTIONS = ("due_work",)


class Migration(migrations.Migration):
    """Functions of the owner look into temporary tables last: whoever calls them may have made one of any name."""

    dependencies = [("jobs", "0003_keys")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public, pg_temp",
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public",
        )
        for name in FUNCTIONS
    ]
