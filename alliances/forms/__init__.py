"""What people type into the pages of an alliance. Forms judge shape; the operations judge truth."""
