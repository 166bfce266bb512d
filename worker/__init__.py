"""The door of time and events: what reacts to what, what runs at night. What a reaction does is the rooms'."""
