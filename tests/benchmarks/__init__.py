"""Very small runs of the trials: do they still run, and do they see what is broken?"""
