"""What search engines and social networks read of a product page: the markup made, and the page checked.

Pure: no database, no GraphQL, no knowledge of the other rooms. Usable alone as `python -m seo`.
"""
