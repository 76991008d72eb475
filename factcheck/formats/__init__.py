"""How dates and times are written where Django writes them otherwise than a newsroom does."""
