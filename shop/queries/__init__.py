"""The shop's statements. What they mean and when they run is the modules' beside this package."""
