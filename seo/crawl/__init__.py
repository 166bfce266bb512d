"""Check many pages, of a site or of a folder: which, how fast, and what is kept when it stops. Checking one page is
gathering.py's and the rules'.
"""
