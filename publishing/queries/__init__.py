"""Publishing's statements: they read the other rooms' tables and write none of them."""
