"""What the server loads: the site of the configured environment."""

from web import warming
from web.app import create_app

app = create_app()
warming.start(app)
