"""The call page in words: who may be calling, what they gave, what may be said."""
