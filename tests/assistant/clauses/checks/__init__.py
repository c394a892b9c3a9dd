"""Tests of the checks: each code with wordings that must be found and look-alikes that must not."""
