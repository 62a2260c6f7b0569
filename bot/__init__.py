"""How do we reach people? Over Telegram and SMS, and this room wires the whole house together."""
