"""Questions of the landing pages that several apps answer together."""
