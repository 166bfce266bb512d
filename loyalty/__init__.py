"""Programs, members, points, rewards and referrals. Reviews are ugc's and orders shop's."""
