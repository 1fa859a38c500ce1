from django.db import migrations

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_protect"), ("jobs", "0003_keys")]

    operations = [Protect(shared_keys=("outgoingmessage",))]
