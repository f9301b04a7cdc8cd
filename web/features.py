"""Every feature of the site, one line each."""

from flask import Flask

from web import api
from web.about import blueprint as about
from web.accounts import blueprint as accounts
from web.activities import blueprint as events
from web.awards import blueprint as awards
from web.board import blueprint as board
from web.brokers import blueprint as intros
from web.brokers import trail_blueprint as broker
from web.capabilities import blueprint as capabilities
from web.cases import blueprint as cases
from web.contests import blueprint as contests
from web.contracts import blueprint as contracts
from web.demands import blueprint as demands
from web.desk import blueprint as desk
from web.desk import matches_blueprint as matches
from web.diagnosis import blueprint as diagnosis
from web.documents import blueprint as documents
from web.encoders import blueprint as encoders
from web.engagements import blueprint as engagements
from web.entries import blueprint as entries
from web.experts import blueprint as experts
from web.gaps import blueprint as gaps
from web.guide import blueprint as guide
from web.home import blueprint as home
from web.imports import blueprint as imports
from web.imports import own_blueprint as own_sheets
from web.imports import uploads_blueprint as uploads
from web.incoming import blueprint as incoming
from web.interests import blueprint as interests
from web.ledger import blueprint as ledger
from web.ledger import proof_blueprint as proof
from web.meetings import blueprint as meetings
from web.members import blueprint as members
from web.postings import blueprint as postings
from web.publication import blueprint as notices
from web.publication import calendar_blueprint as calendar
from web.publication import certificates_blueprint as certificates
from web.publication import objections_blueprint as objections
from web.publication import staff_blueprint as publication
from web.rankings import blueprint as rankings
from web.repairs import blueprint as repairs
from web.reviews import blueprint as reviews
from web.reviews import staff_blueprint as committees
from web.sameness import blueprint as sameness
from web.seasons import blueprint as seasons
from web.session import blueprint as session
from web.sources import blueprint as sources
from web.sources import staff_blueprint as staff_sources
from web.thesaurus import blueprint as thesaurus
from web.verification import blueprint as verification

BLUEPRINTS = (home, guide, experts, demands, contests, about, session, board, engagements, contracts, intros, broker,
              events, verification, entries, ledger, proof, accounts, desk, matches, postings, capabilities, members,
              diagnosis, encoders, gaps, incoming, interests, meetings, seasons, awards, rankings, thesaurus, reviews,
              committees, notices, publication, objections, calendar, certificates, cases, documents, sources,
              staff_sources, repairs, sameness, imports, own_sheets,
              uploads)


def register(app: Flask) -> None:
    for blueprint in (*BLUEPRINTS, *api.BLUEPRINTS):
        app.register_blueprint(blueprint)
