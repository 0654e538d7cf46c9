"""The pages of written answers in a Jupyter server: a list of questions, and one question with everybody's answers."""

import json
from getpass import getuser
from typing import Any
from urllib.parse import unquote

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from jupyter_server.utils import url_path_join
from tornado import web  # type: ignore[attr-defined]

from grading.errors import CourseError
from grading.pages.html import environment_of
from grading.pages.markdown import to_html
from grading.reading.actions import NotUnderstood, Press, act, shown
from grading.rubrics.store import ReadMeanwhile

# Nothing on the pages comes from elsewhere, and what a student wrote can start nothing, were it ever to get that far.
POLICY = ("default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; "
          "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")


class Page(ExtensionHandlerMixin, JupyterHandler):  # type: ignore[misc]  # jupyter_server says no types
    """What all pages share. `self.extensionapp` is the Reading application, which knows the course and its rooms."""

    auth_resource = "course"

    @property
    def content_security_policy(self) -> str:
        return POLICY

    @property
    def overview(self) -> str:
        """The address of the list of questions."""
        return url_path_join(self.base_url, "course", "read")

    def fill_in(self, template: str, **facts: Any) -> None:
        """Write a page from one of the templates."""
        self.set_header("Cache-Control", "no-store")
        self.finish(environment_of("grading.reading").get_template(template).render(
            static=self.static_url, overview=self.overview, **facts))

    def reader(self, asked: str) -> str:
        """Who reads: the account of a hub or a server with accounts, or whoever the page says it is."""
        return self.account or " ".join(asked.split())[:60] or getuser()

    @property
    def account(self) -> str:
        """The name of a signed-in user, as a hub knows it; Jupyter's own servers give everybody a random one."""
        if type(self.identity_provider).__module__.startswith("jupyter_server.") or self.current_user is None:
            return ""
        return str(self.current_user.username)


class About(Page):
    """For `course read`, which looks for a server that has the page."""

    @web.authenticated
    @authorized
    def get(self) -> None:
        """Say which course is read here."""
        try:
            root = str(self.extensionapp.rooms.course.root)
        except CourseError:
            root = ""
        self.finish({"reads": root})


class Overview(Page):
    """The questions of all problem sets, or of one, and how many answers wait."""

    @web.authenticated
    @authorized
    def get(self, name: str = "") -> None:
        """Write the list."""
        try:
            sets = self.extensionapp.rooms.overview(name, self.overview)
            self.fill_in("overview.html.j2", sets=sets, problem="", root=self.extensionapp.rooms.course.root)
        except CourseError as error:
            self.set_status(404 if name else 500)
            self.fill_in("overview.html.j2", sets=[], problem=str(error), root="")


class OneQuestion(Page):
    """Everybody's answers to one question."""

    @web.authenticated
    @authorized
    def get(self, name: str, question: str) -> None:
        """Write the page, with the first answer that nobody has read."""
        second = self.get_query_argument("second", "") == "1"
        reader = self.reader(unquote(self.get_cookie("reader", "") or ""))
        try:
            room = self.extensionapp.rooms.enter(name, question)
            room.settle()
            press = Press(room, {}, reader, names=False, second=second)
            desk = press.desk()
        except CourseError as error:
            self.set_status(404)
            self.fill_in("empty.html.j2", title="Written answers", words=str(error))
            return
        if not desk.order:
            words = ("There is nothing to read a second time: first somebody else has to read some answers." if second
                     else f"Nothing of {name} is graded yet. Run course grade {name} first.")
            self.fill_in("empty.html.j2", title=room.question.title, words=words)
            return
        first = shown(press, desk.following("", room.store.looked_at_by_others(reader)) or desk.order[0])
        asked = room.question
        self.xsrf_token  # noqa: B018  # asking for it sets the cookie that the page sends back
        self.fill_in("read.html.j2", question=asked, panes=first["panes"], asked=to_html(asked.text), second=second,
                     model=to_html(asked.model), remarks=to_html(asked.remarks) if asked.remarks else "", reader=reader,
                     fixed=bool(self.account), title=self.extensionapp.rooms.title(name))

    @web.authenticated
    @authorized
    def post(self, name: str, question: str) -> None:
        """Do what a key asks for."""
        try:
            sent = json.loads(self.request.body)
            if not isinstance(sent, dict):
                raise NotUnderstood("The page sends an object.")
            reply = act(self.extensionapp.rooms.enter(name, question), sent, self.reader(str(sent.get("reader", ""))))
        except ReadMeanwhile as other:
            self.set_status(409)
            room = self.extensionapp.rooms.enter(name, question)
            reply = {"message": room.in_words(other.latest), "seen": other.latest.id}
        except (NotUnderstood, ValueError) as error:
            self.set_status(400)
            reply = {"message": str(error)}
        except CourseError as error:
            self.set_status(503)
            reply = {"message": str(error)}
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(reply))
