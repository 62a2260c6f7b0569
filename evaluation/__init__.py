"""Does it help? Figures over the whole, never about a person."""
