"""From a question as typed to a Reading: what is wanted, of which subject, where, as of when."""
