"""What do we say, and what is meant? Values in, values out: no I/O, no clock, no database."""
