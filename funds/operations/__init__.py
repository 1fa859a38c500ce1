"""What moves money: opening designations and posting. Every posting's entries go in with one statement."""

from funds.operations.designations import close_designation, edit_designation, open_designation
from funds.operations.posting import Leg, NotBalanced, post, reverse

__all__ = ["Leg", "NotBalanced", "close_designation", "edit_designation", "open_designation", "post", "reverse"]
