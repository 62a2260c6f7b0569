"""The rules that always hold, against whatever happens in whatever order."""
