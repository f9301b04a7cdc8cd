from flask import render_template

from ingestion.registration import TERMS_VERSION
from web import access


@access.public
def matching():
    return render_template("about/matching.html")


@access.public
def terms():
    return render_template("about/terms.html", version=TERMS_VERSION)


@access.public
def privacy():
    return render_template("about/privacy.html")


@access.public
def accessibility():
    return render_template("about/access.html")
