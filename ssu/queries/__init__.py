"""Questions about units. They never write."""

from ssu.models.discretion import (
    public_unit_name,
    public_worker_name,
    shown_unit_name,
    shown_unit_place,
    shown_worker_name,
)

__all__ = ["public_unit_name", "public_worker_name", "shown_unit_name", "shown_unit_place", "shown_worker_name"]
