"""Reading what statements are made of. One set query each, never one per partner."""
