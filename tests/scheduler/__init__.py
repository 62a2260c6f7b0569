"""When? The calendar, the plan, the clock and the engine."""
