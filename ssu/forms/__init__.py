"""What people type into the pages of units and their roll-out. Shape only: operations judge truth."""
