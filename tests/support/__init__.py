"""What the tests stand on: databases, the site's client, the network block. Nothing here asserts."""
