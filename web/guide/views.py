from flask import render_template

from engagements.queue import PROMISE
from web import access


@access.public
def show():
    return render_template("guide/show.html", promise=PROMISE)
