"""Everything that an agency owns, in one archive that its administrator takes away."""
