"""What customers write and show: reviews, revisions, photos, screens, decisions and ratings. Not points, not pages."""
