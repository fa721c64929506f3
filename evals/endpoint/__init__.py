"""The scripted endpoint that evals and tests start on loopback: `serve(script)`, with `says(persona)` for a model by its words."""

from evals.endpoint.answer import Answer, Messages, Persona, Script, failure, page, says
from evals.endpoint.server import Request, Served, serve

__all__ = ["Answer", "Messages", "Persona", "Request", "Script", "Served", "failure", "page", "says", "serve"]
