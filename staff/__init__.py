"""What do colleagues see and do? The web console: their queue of calls for help, and the tracks."""
