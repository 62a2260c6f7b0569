"""How fast is it, and how much can it carry?"""
