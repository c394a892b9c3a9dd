"""How well a piece of a document speaks to a question, read word by word instead of by one vector each."""
