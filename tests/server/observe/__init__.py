"""Tests of logs, metrics and trace ids."""
