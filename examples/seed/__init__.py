"""The demo shop's data, and what draws its pictures. What loads it is cli.demo."""
