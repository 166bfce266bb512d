"""Message catalogues by locale and domain. They are data; core.texts reads them."""
