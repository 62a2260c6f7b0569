"""What is meant? From the words of a client to an answer, a topic, a wish."""
