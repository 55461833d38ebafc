# SPDX-License-Identifier: Apache-2.0
"""Reads a page as a browser would: its forms, links, and elements by id."""
from html.parser import HTMLParser
from urllib.parse import urljoin

VOID = {"input", "br", "hr", "img", "meta", "link", "base", "col", "wbr", "source", "area"}


class Element:
    def __init__(self, tag, attributes, form):
        self.tag = tag
        self.attributes = attributes
        self.form = form
        self.pieces = []

    @property
    def text(self):
        return " ".join("".join(self.pieces).split())


class Form:
    def __init__(self, attributes):
        self.id = attributes.get("id")
        self.action = attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").lower()
        self.options = attributes.get("data-options")
        self.fields = {}
        self.boxes = set()  # names of those that can be ticked
        self.buttons = []


class Page(HTMLParser):
    """`page.forms`, `page.ids`, `page.links`; raises when a tag is left open or an id is doubled."""

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.response = response
        self.forms = []
        self.ids = {}
        self.links = []
        self.elements = []
        self.title = ""
        self._open = []
        self._form = None
        self.feed(response.text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(attributes)
            self.forms.append(self._form)
        element = Element(tag, attributes, self._form)
        self.elements.append(element)
        if "id" in attributes:
            if attributes["id"] in self.ids:
                raise AssertionError(f"id {attributes['id']} is on the page twice")
            self.ids[attributes["id"]] = element
        if tag == "a" and "href" in attributes:
            self.links.append(urljoin(self.response.url, attributes["href"]))
        self._control(tag, attributes)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data):
        for element in self._open:
            element.pieces.append(data)
        if self._open and self._open[-1].tag == "title":
            self.title += data

    def _control(self, tag, attributes):
        if self._form is None:
            return
        kind = attributes.get("type", "submit" if tag == "button" else "text").lower()
        name = attributes.get("name")
        if tag == "button" or (tag == "input" and kind in ("submit", "image")):
            self._form.buttons.append(attributes)
        elif tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in attributes):
            self._form.fields[name] = attributes.get("value", "")
        elif tag == "input" and name:
            self._form.boxes.add(name)

    def form(self, identifier):
        for form in self.forms:
            if form.id == identifier:
                return form
        raise AssertionError(f"no form {identifier} on {self.response!r}")

    def has(self, identifier):
        return identifier in self.ids

    def text_of(self, identifier):
        if identifier not in self.ids:
            raise AssertionError(f"nothing with id {identifier} on {self.response!r}")
        return self.ids[identifier].text

    def press(self, browser, button_id, **fields):
        """Presses a button or follows a link, with the named fields filled in."""
        if button_id not in self.ids:
            raise AssertionError(f"nothing with id {button_id} on {self.response!r}")
        element = self.ids[button_id]
        if element.tag == "a":
            return browser.get(urljoin(self.response.url, element.attributes["href"]))
        form = element.form
        if form is None:
            form = self.form(element.attributes["form"])
        values = dict(form.fields)
        for name in fields:
            if name not in values and name not in form.boxes:
                raise AssertionError(f"the form has no field {name}: {sorted(values)}")
        values.update(fields)
        if element.attributes.get("name"):
            values[element.attributes["name"]] = element.attributes.get("value", "")
        target = urljoin(self.response.url, element.attributes.get("formaction") or form.action)
        method = element.attributes.get("formmethod", form.method).lower()
        if method == "get":
            return browser.get(target, **values)
        return browser.post(target, values)
