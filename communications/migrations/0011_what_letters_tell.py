from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters that are impact reports."""

    dependencies = [("communications", "0010_letters_in_series")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="tells_impact",
            field=models.BooleanField(default=False, help_text="it tells its readers what came of their gifts"),
        ),
    ]
