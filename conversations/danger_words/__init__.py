"""The direct ways to say that there is danger, and what only sounds like it, a module a language.

Regular expressions over text that `conversations.safety` has folded: lower case, no accents, no
punctuation, one space between words. They begin at a word's beginning; an end they must name
themselves. They are the floor under the model, so they stay direct: what needs a context to be
danger is left to the model. `FIGURES` is taken out of a text first: figures of speech, and what
denies danger.
"""
