"""From a need to Evidence: what is found for it, where and when that holds, and whether it is enough."""
