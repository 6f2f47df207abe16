"""What makes it safe to serve the public: quotas, response headers, logs without personal data, metrics, sweeping. Knows HTTP, no door."""
