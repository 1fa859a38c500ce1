"""E-mail addresses, compared and hashed."""

import hashlib


def normal(address: str) -> str:
    """The form in which two writings of one address are equal: without spaces around it, in small letters."""
    return address.strip().lower()


def address_hash(agency_id: int | None, address: str) -> str:
    """SHA-256 of agency and address. Without a secret key: a suppression must outlive every change of keys, and a
    hash that differs from agency to agency joins nobody's rows.
    """
    return hashlib.sha256(f"{agency_id or 0}:{normal(address)}".encode()).hexdigest()
