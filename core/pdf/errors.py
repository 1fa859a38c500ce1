"""What the PDF engine refuses."""

from core.errors import Refused


class DocumentTooLarge(Refused):
    """The document has more text, pages, bytes or seconds in it than its limits allow."""

    code = "document_too_large"
    message = "This document is too large to make. Choose a shorter period or fewer rows."
    status = 422
