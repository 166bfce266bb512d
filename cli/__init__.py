"""The operators' door: `fidelio` and its commands, one a file. What a command does is the rooms'."""
