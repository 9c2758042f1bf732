"""An open contact centre."""
