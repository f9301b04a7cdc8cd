from flask import render_template

from web import access


@access.public
def matching():
    return render_template("about/matching.html")


@access.public
def privacy():
    return render_template("about/privacy.html")


@access.public
def accessibility():
    return render_template("about/access.html")
