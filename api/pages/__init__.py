"""Pages and pieces of pages for shoppers and crawlers, in the storefront's locale, without JavaScript."""
