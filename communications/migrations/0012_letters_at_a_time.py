from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters that go out at a moment somebody chose."""

    dependencies = [("communications", "0011_what_letters_tell")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="send_at",
            field=models.DateTimeField(help_text="when it goes out by itself; until then its job waits", null=True),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(send_at=None) | models.Q(state="approved", job__isnull=False),
                name="letter_at_a_time_is_approved",
            ),
        ),
    ]
