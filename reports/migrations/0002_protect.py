from django.db import migrations

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("agencies", "0002_protect")]

    operations = [Protect(append_only=("statementissue", "statementfile", "receiptstart"))]
