"""The gate's thermometry against people whose true skin temperature is known, because they are simulated."""
