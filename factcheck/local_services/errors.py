class LocalServiceError(RuntimeError):
    """A local service cannot run; the message is written for the person at the terminal."""
