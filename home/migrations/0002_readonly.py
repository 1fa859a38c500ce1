from django.db import migrations

# The readonly role looks at what agencies have, through row-level security. Credentials belong to nobody's scope, so no
# policy keeps them back: password hashes, second factors, sessions, and messages that carry links to sign in.
CREDENTIALS = (
    "accounts_user",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "usersessions_usersession",
    "django_session",
    "delivery_outgoingmessage",
)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_demo"),
        ("accounts", "0001_initial"),
        ("account", "0001_initial"),
        ("mfa", "0001_initial"),
        ("usersessions", "0001_initial"),
        ("sessions", "0001_initial"),
        ("delivery", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            f"REVOKE ALL ON {', '.join(CREDENTIALS)} FROM yokefellow_readonly",
            f"GRANT SELECT ON {', '.join(CREDENTIALS)} TO yokefellow_readonly",
        )
    ]
