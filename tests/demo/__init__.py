"""The demo, as a visitor meets it."""
