"""What the installed SDK takes and has: keywords, required arguments, attributes."""
