"""The room's statements, by what they read and write. What they mean is decided in the modules that call them."""
