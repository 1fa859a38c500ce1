from django.db import migrations

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("communications", "0001_initial"), ("partners", "0002_protect"), ("ssu", "0002_protect")]

    operations = [Protect(append_only=("consententry", "consentpolicy"))]
