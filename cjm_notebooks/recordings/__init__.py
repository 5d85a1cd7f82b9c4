"""What visitors did, worked out of recordings of their pages; never what they typed or read."""
