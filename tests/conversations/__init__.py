"""What do we say, and what is meant? Tested by values in and values out."""
