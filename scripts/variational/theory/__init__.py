"""Closed forms, each module for itself; none uses a kernel."""
