"""Ways to say that the messages must stop, one file a language.

Regular expressions for a whole message, read after folding (lower case, no accents, no
punctuation) and after the polite words around it are gone. Whatever is not the whole message is
left to the model.
"""
