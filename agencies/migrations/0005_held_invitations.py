from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_saved_views")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="held_since",
            field=models.DateTimeField(blank=True, help_text="waits until somebody sends it", null=True),
        ),
        migrations.AddField(
            model_name="invitation",
            name="sign_in_name",
            field=models.CharField(blank=True, help_text="for whoever shares the address of a spouse", max_length=60),
        ),
    ]
