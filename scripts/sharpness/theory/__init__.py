"""What the networks and walkers are compared with: closed forms, quadratures, and gradients written by
hand."""
