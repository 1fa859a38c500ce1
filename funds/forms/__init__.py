"""What people type about designations."""
