"""What the service tells of itself: logs, metrics, trace ids."""
