"""What fits on which phone, and at what cost."""
