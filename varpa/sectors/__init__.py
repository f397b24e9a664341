"""What a pupil is interested in and what a company does: one taxonomy by codes, in three languages."""
