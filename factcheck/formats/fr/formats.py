"""French newspapers write 18 h 05, not 18:05; the spaces do not break."""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = f"j F Y à {TIME_FORMAT}"
SHORT_DATETIME_FORMAT = f"d/m/Y {TIME_FORMAT}"
