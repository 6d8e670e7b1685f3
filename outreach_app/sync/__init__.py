"""What leaves the laptop and what comes back: sealing, receipts, enrolment, and the roads they travel."""
