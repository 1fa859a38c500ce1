"""Pages of reports and statements."""
