"""What the server loads: the site of the configured environment."""

from web.app import create_app

app = create_app()
