"""Pages of dossiers: for whoever runs the programme, and for an observer."""
