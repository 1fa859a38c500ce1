from django.db import migrations

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("agencies", "0002_protect")]

    operations = [Protect(frozen={"stagedrow": ("cells",)})]
