from django.db import migrations

FUNCTIONS = ("alliance_by_slug", "seats_of")


class Migration(migrations.Migration):
    """Functions of the owner look into temporary tables last: whoever calls them may have made one of any name."""

    dependencies = [("alliances", "0002_protect")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public, pg_temp",
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public",
        )
        for name in FUNCTIONS
    ]
