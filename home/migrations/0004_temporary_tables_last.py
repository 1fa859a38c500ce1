from django.db import migrations

FUNCTIONS = ("delete_demo",)


class Migration(migrations.Migration):
    """Functions of the owner look into temporary tables last: whoever calls them may have made one of any name."""

    dependencies = [("home", "0003_demo_goes_by_owner")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public, pg_temp",
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public",
        )
        for name in FUNCTIONS
    ]
