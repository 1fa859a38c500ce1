"""The pages of the transition."""
