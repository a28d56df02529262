"""What is known exactly: mixtures under the noise, entropy and transport, enumerated magnets."""
