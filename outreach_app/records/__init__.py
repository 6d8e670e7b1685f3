"""What a laptop keeps in its vault: plain functions with SQL, one module per noun."""
