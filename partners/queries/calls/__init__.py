"""Who is calling, and where their gift went."""
