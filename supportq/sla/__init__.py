"""Promises: business hours, policies, and the clocks that follow from a ticket's history."""
