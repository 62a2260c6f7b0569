"""The room that looks back."""
