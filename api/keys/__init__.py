"""The part of the contract that administrators give and take access with."""
