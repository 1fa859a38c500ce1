"""The pages of an alliance, one module for each noun."""
