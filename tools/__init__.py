"""What builds and checks the program; none of it is shipped."""
