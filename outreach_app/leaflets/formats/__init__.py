"""The forms a leaflet is printed in, one module each; ``registry`` names them."""
