"""`/beheer`: what an administrator sets up, and looks after."""
