"""What units of work offer: one repository per subject."""
