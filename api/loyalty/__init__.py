"""Loyalty as the API shows it: programs for everybody, points for their members, and for staff who may."""
