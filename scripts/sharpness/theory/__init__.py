"""What the networks and walkers are compared with: closed forms, quadratures, and traces written by hand."""
