"""The room's statements, by what they are for. Functions take a session; what the rows mean is the modules' above."""
