"""The pages of an agency about itself: people, settings, activity, search, invitations."""
