"""How the model of `conversations.understanding` is made and judged. Not part of the service."""
