"""The person who signs in, by e-mail. What a person may do is decided by memberships, in `agencies`."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    """People by e-mail; letter case of the address does not matter."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person. Without a password the person can only come in by a reset or an invitation link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


OWN_ADDRESS = Q(email__isnull=False, mailbox=None, sign_in_name=None)
SPOUSES_ADDRESS = Q(email=None, mailbox__isnull=False, sign_in_name__isnull=False)


class User(AbstractBaseUser):
    """A person with a sign-in. Global: one person may serve in several agencies and alliances.

    A person has an address of their own, or reads the mailbox of another account, their spouse's, and then signs in by
    a name instead (ADR 12).
    """

    scope = "global"

    class Theme(models.TextChoices):
        SYSTEM = "system", _("as my device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    email = models.EmailField(unique=True, null=True)
    sign_in_name = models.CharField(max_length=60, unique=True, null=True, editable=False)
    mailbox = models.ForeignKey("self", models.PROTECT, null=True, related_name="sharers", editable=False)
    shared_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
        help_text="whose mailbox this person read once: the two stay one family when the addresses part",
    )
    name = models.CharField(max_length=120)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(
        default=False, help_text="made by the demo; may skip the second factor in development"
    )
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=OWN_ADDRESS | SPOUSES_ADDRESS, name="user_own_address_or_spouses"),
            models.CheckConstraint(
                condition=Q(sign_in_name=Lower("sign_in_name")) & ~Q(sign_in_name__contains="@"),
                name="user_sign_in_name_is_no_address",
            ),
            models.CheckConstraint(condition=~Q(mailbox=F("id")), name="user_shares_with_another"),
        ]

    def __str__(self) -> str:
        return self.name or self.sign_in

    @property
    def sign_in(self) -> str:
        """What the person types to sign in: the address, or the name of who shares one."""
        return self.sign_in_name or self.email or ""

    @property
    def mail_address(self) -> str:
        """Where the person reads mail: the own address, or the one shared with the spouse."""
        return self.email or (self.mailbox.email if self.mailbox else None) or ""

    @property
    def shares_mailbox(self) -> bool:
        """Whether somebody else reads the same mailbox, so that mails say whom they are for."""
        return self.mailbox_id is not None or self.sharers.exists()

    def get_full_name(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Lower-case the address. Whoever confirms an address of their own leaves the mailbox of the spouse."""
        self.email = self.email.lower() if self.email else None
        if self.email and self.mailbox_id is not None:
            self.mailbox = self.sign_in_name = None
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "mailbox", "sign_in_name"}
        super().save(*args, **kwargs)
