"""What is known exactly: critical points by the Kac-Rice formula, rates of escape, semicircles."""
