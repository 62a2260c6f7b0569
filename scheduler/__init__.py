"""When? Working days, quiet hours and the plan are pure; the engine only ticks."""
