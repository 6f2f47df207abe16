"""How good it is: cases as data, a judge, metrics, and a report beside the baseline and a textbook pipeline."""
