"""What `./dev` runs: the services of a checkout, the commands on top of them, and the static gate."""
