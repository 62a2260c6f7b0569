"""Does it do what we say? The tests mirror the rooms."""
