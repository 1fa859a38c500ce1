"""What leaves as files that other systems read: partners, gifts and commitments in our own CSV and as DataSync."""
