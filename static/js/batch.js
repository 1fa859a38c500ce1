// <yk-batch> around the lines of a batch: a line is sent when it is left, givers are found while one types, Enter goes to
// the next line, F2 opens what is rare. What did not get through is kept in its line and tried again. Without JavaScript
// each line is a plain form with its button. The server's side: partners/views/batch_grid.py.

import { Finder } from "./giver_finder.js";

const RETRY = 10000;
const PAUSE = 1000;

class Batch extends HTMLElement {
  connectedCallback() {
    this.lines = this.querySelector("[data-lines]");
    this.count = 0;
    this.states = new WeakMap();
    this.classList.add("is-live");
    this.querySelector("[data-keys]").hidden = false;
    for (const line of this.all()) this.begin(line);
    this.finder = new Finder(this);
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("focusout", (event) => this.left(event));
    this.addEventListener("input", ({ target }) => this.changed(target.closest("[data-line]")));
    this.addEventListener("change", ({ target }) => this.changed(target.closest("[data-line]")));
    this.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.again());
    window.addEventListener("beforeunload", (event) => {
      if (this.all().some((line) => this.isOpen(line))) event.preventDefault();
    });
    document.getElementById("post-batch")?.addEventListener("submit", (event) => this.posting(event), true);
    if (!location.hash && !document.querySelector(".banner-bad")) this.last()?.querySelector('[name="giver"]').focus();
  }

  all() {
    return [...this.lines.querySelectorAll("[data-line]")];
  }

  last() {
    return this.all().at(-1);
  }

  form(line) {
    return line.querySelector("form");
  }

  begin(line) {
    // What a line of the bank told stands in its fields, and the server has not got it.
    const sent = line.hasAttribute("data-told") ? "" : this.words(line);
    this.states.set(line, { sent, state: "quiet" });
  }

  words(line) {
    const left = new Set(["csrfmiddlewaretoken", "space", "once", "revision", "giving_unit", "soft_partner"]);
    return JSON.stringify([...new FormData(this.form(line))].filter(([name]) => !left.has(name)));
  }

  // A line that holds what the server has not got.
  isOpen(line) {
    const it = this.states.get(line);
    return it !== undefined && this.words(line) !== it.sent;
  }

  changed(line) {
    if (!line) return;
    line.classList.toggle("is-unsaved", this.isOpen(line));
    if (this.isOpen(line) && this.states.get(line).state === "quiet") this.say(line, this.dataset.unsaved);
  }

  key(event) {
    const line = event.target.closest?.("[data-line]");
    if (!line || event.defaultPrevented || event.isComposing) return;
    if (event.key === "F2") return this.more(event, line);
    if (event.key !== "Enter" || event.target.matches("button, summary")) return;
    event.preventDefault();
    this.next(line, event.shiftKey ? -1 : 1);
  }

  more(event, line) {
    event.preventDefault();
    const more = line.querySelector("[data-more]");
    more.open = !more.open || !more.contains(document.activeElement);
    const empty = [...line.querySelectorAll('[name="split_designation"]')].find((field) => field.value === "");
    (more.open ? (empty ?? this.addSplit(line)) : line.querySelector('[name="amount"]')).focus();
  }

  addSplit(line) {
    const splits = line.querySelectorAll("[data-split]");
    const made = splits[splits.length - 1].cloneNode(true);
    const number = `n${(this.count += 1)}`;
    for (const field of made.querySelectorAll("input")) {
      made.querySelector(`[for="${field.id}"]`).htmlFor = `${field.id}-${number}`;
      field.id = `${field.id}-${number}`;
      field.value = "";
    }
    splits[splits.length - 1].after(made);
    return made.querySelector("input");
  }

  next(line, way) {
    const lines = this.all();
    let to = lines[lines.indexOf(line) + way];
    if (!to && way > 0) to = this.isOpen(line) || line.hasAttribute("data-kept") ? this.addLine() : line;
    if (!to || to === line) return void line.querySelector('[name="giver"]').focus();
    const field = to.querySelector('[name="giver"]');
    field.focus();
    field.select();
  }

  addLine() {
    const uid = `n${(this.count += 1)}`;
    const holder = document.createElement("template");
    holder.innerHTML = this.querySelector("[data-blank]").innerHTML.replaceAll("rNEW", uid);
    const line = holder.content.querySelector("[data-line]");
    line.querySelector('[name="key"]').value = crypto.randomUUID();
    this.lines.append(line);
    this.begin(line);
    return line;
  }

  left({ target, relatedTarget }) {
    const line = target.closest("[data-line]");
    if (line && !line.contains(relatedTarget)) this.save(line);
  }

  submitted(event) {
    const line = event.target.closest("[data-line]");
    if (!line || event.target !== this.form(line)) return;
    event.preventDefault();
    event.stopPropagation();
    this.save(line);
  }

  again() {
    for (const line of this.all()) if (this.states.get(line).state === "offline") this.save(line);
  }

  // One request at a time for each line; who waits for a line waits for the one on its way.
  save(line) {
    const it = this.states.get(line);
    if (it.state === "sending") return it.way;
    if (!this.isOpen(line)) return undefined;
    it.state = "sending";
    it.way = this.send(line, it);
    return it.way;
  }

  async send(line, it) {
    await this.finder.settled(line);
    const words = this.words(line);
    this.say(line, this.dataset.saving);
    const body = new FormData(this.form(line));
    body.delete("once");
    try {
      const headers = { "X-Grid": "1", Accept: "application/json" };
      const answer = await fetch(this.form(line).action, { method: "POST", body, headers, keepalive: true });
      await this.read(line, it, words, answer);
    } catch {
      it.state = "offline";
      this.say(line, this.dataset.offline);
      setTimeout(() => this.again(), RETRY);
    }
    if (it.state === "quiet" && this.isOpen(line) && !line.contains(document.activeElement)) await this.save(line);
  }

  async read(line, it, words, answer) {
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      it.state = "refused";
      return this.say(line, this.dataset.signIn);
    }
    const said = await answer.json();
    if (answer.ok) this.kept(line, it, words, said);
    else this.refused(line, it, said);
  }

  kept(line, it, words, said) {
    const same = this.words(line) === words;
    it.state = "quiet";
    this.form(line).elements.namedItem("revision").value = said.values.revision;
    if (same) this.put(line, said.values);
    it.sent = same ? this.words(line) : words;
    line.toggleAttribute("data-kept", true);
    line.classList.remove("has-error", "is-unsaved");
    for (const field of line.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    line.querySelector("[data-candidates]")?.remove();
    line.querySelector("[data-place]").textContent = said.place;
    line.querySelector("[data-note]").textContent = said.note;
    line.querySelector("[data-rate]").textContent = said.rate;
    const remove = line.querySelector("[data-remove]");
    if (remove) [remove.action, remove.hidden] = [said.remove, false];
    this.say(line, this.dataset.saved);
    this.totals(said);
    clearTimeout(this.stale);
    this.stale = setTimeout(() => this.paper(), PAUSE);
  }

  // What is printed is a table beside the lines, as the server has them: it is fetched again when lines were kept.
  async paper() {
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-paper]");
    if (fresh) document.querySelector("[data-paper]")?.replaceWith(fresh);
  }

  put(line, values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.form(line).elements.namedItem(name);
      if (field && "value" in field) field.value = value ?? "";
    }
  }

  refused(line, it, said) {
    line.classList.add("has-error");
    const names = new Set(Object.keys(said.problems));
    for (const field of this.form(line).elements) {
      if (field.name && names.has(field.name)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    this.say(line, `${this.dataset.unsaved}. ${Object.values(said.problems).flat().join(" ")}`);
    this.announce(line.querySelector("[data-status]").textContent);
    it.state = "refused";
  }

  totals(said) {
    const totals = document.getElementById("batch-totals");
    totals.querySelector("[data-keyed]").textContent = said.keyed;
    totals.querySelector("[data-missing]").textContent = said.missing;
    totals.querySelector("[data-difference]").classList.toggle("is-done", said.matches);
    this.announce([said.keyed, said.missing, said.note].filter(Boolean).join(". "));
  }

  say(line, sentence) {
    line.querySelector("[data-status]").textContent = sentence;
  }

  announce(words) {
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));
  }

  // What is still on its way is waited for, so that the batch is posted as it is seen.
  async posting(event) {
    const open = this.all().filter((line) => this.isOpen(line) || this.states.get(line).state === "sending");
    if (!open.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await Promise.all(open.map((line) => this.save(line)));
    const still = this.all().find((line) => this.isOpen(line));
    if (still) still.querySelector('[name="giver"]').focus();
    else event.target.requestSubmit();
  }
}

customElements.define("yk-batch", Batch);
