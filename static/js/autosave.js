// <yk-autosave> inside a form saves it while it is written: three seconds after the last key and on leaving, one request
// at a time. It pauses with a reason, keeps unsaved words on this device until the server has them, and can take a save
// back. Without JavaScript the form is a plain form. The server's side: agencies/autosave.py.

const PAUSE = 3000;
const RETRY = 15000;
const OLDEST = 30 * 24 * 3600 * 1000;
const MARKS = new Set(["csrfmiddlewaretoken", "space", "once", "revision"]);
const COUNTS = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;

// What words say, without the fields that are empty: another empty field is no other word.
function said(words) {
  return JSON.stringify(JSON.parse(words).filter(([, value]) => value !== ""));
}

class Autosave extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form) return;
    this.status = this.querySelector("[data-status]");
    this.actions = this.querySelector("[data-actions]");
    this.saved = this.words();
    this.before = null;
    this.sending = false;
    this.state = "quiet";
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.save();
    });
    this.form.addEventListener("submit", () => this.leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
    window.addEventListener("online", () => this.save());
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.state = "quiet";
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.wouldBeLost()) event.preventDefault();
    });
    this.offerKept();
  }

  // In a closed unit nothing is kept on the device, so this page is the only copy until the server has the words.
  wouldBeLost() {
    return !this.dataset.keep && this.state !== "leaving" && said(this.words()) !== said(this.saved);
  }

  // What the person wrote, as one string that can be compared and put back; spaces that nobody sees do not count.
  words() {
    const fields = [...new FormData(this.form)].filter(([name]) => !MARKS.has(name) && !COUNTS.test(name));
    return JSON.stringify(fields.map(([name, value]) => [name, value.replace(/[ \t\r]+$/gm, "").trim()]));
  }

  put(words) {
    for (const [name, value] of JSON.parse(words)) {
      const field = this.form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
  }

  changed() {
    this.keep();
    if (this.state === "conflict") return;
    this.state = "quiet";
    this.later(PAUSE);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // The form itself travels now: what it carries is the newest, so nothing else may overtake it.
  leave() {
    clearTimeout(this.timer);
    this.state = "leaving";
  }

  async save() {
    const words = this.words();
    if (this.sending || this.state === "conflict" || this.state === "leaving" || words === this.saved) return;
    if (this.state === "refused" && words === this.refused) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.say(this.dataset.saving);
    try {
      const body = new FormData(this.form);
      const headers = { "X-Autosave": "1", Accept: "application/json" };
      const answer = await fetch(this.form.action, { method: "POST", body, headers, keepalive: words.length < 50000 });
      await this.read(answer, words);
    } catch {
      this.offline();
    }
    this.sending = false;
    if (this.state === "quiet" && this.words() !== this.saved) this.later(PAUSE);
  }

  async read(answer, words) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson) {
      this.refused = words;
      return this.pause(this.dataset.signIn);
    }
    const said = await answer.json();
    if (answer.ok) return this.done(said, words);
    this.refused = words;
    if (said.conflict) return this.conflict();
    this.pause(`${this.dataset.paused} ${said.problems.join(" ")}`);
  }

  done(said, words) {
    this.state = "quiet";
    this.before = this.saved;
    this.saved = words;
    this.revision(said.revision);
    if (this.words() === words) this.forget();
    this.say(this.dataset.saved.replace("{time}", said.saved), [this.dataset.undo, () => this.undo()]);
    this.note(said.notes);
  }

  undo() {
    this.put(this.before);
    this.say(this.dataset.undone);
    this.form.querySelector("textarea")?.focus();
    this.keep();
    this.later(0);
  }

  pause(reason) {
    this.state = "refused";
    this.say(reason);
    this.classList.add("is-paused");
  }

  conflict() {
    this.state = "conflict";
    this.say(this.dataset.conflict, [this.dataset.compare, () => this.form.requestSubmit(this.submitter())]);
    this.classList.add("is-paused");
  }

  // The button that saves the draft and nothing more.
  submitter() {
    return this.form.querySelector("[data-save]");
  }

  offline() {
    this.state = "quiet";
    this.say(this.dataset.keep ? this.dataset.offline : this.dataset.offlineUnkept);
    this.classList.add("is-paused");
    this.later(RETRY);
  }

  revision(number) {
    const field = this.form.elements.namedItem("revision");
    if (number === undefined) return Number(field.value);
    field.value = number;
    return number;
  }

  say(sentence, action) {
    this.classList.remove("is-paused");
    this.status.textContent = sentence;
    this.actions.replaceChildren();
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-link";
    [button.textContent, button.onclick] = action;
    this.actions.append(button);
  }

  note(sentences) {
    const list = this.querySelector("[data-notes]");
    list.replaceChildren(
      ...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
    );
    list.hidden = sentences.length === 0;
  }

  // On this device, until the server has the words. Not in closed units: there `data-keep` is empty.
  keep() {
    if (!this.dataset.keep) return;
    const kept = { words: this.words(), revision: this.revision(), at: Date.now() };
    try {
      localStorage.setItem(this.dataset.keep, JSON.stringify(kept));
    } catch {
      // A full or forbidden store: the words are still in the form.
    }
  }

  forget() {
    if (this.dataset.keep) localStorage.removeItem(this.dataset.keep);
  }

  offerKept() {
    const found = this.dataset.keep && localStorage.getItem(this.dataset.keep);
    const kept = found ? JSON.parse(found) : null;
    if (!kept || said(kept.words) === said(this.saved) || Date.now() - kept.at > OLDEST || this.dataset.fresh !== undefined) {
      return kept && this.dataset.fresh === undefined ? this.forget() : undefined;
    }
    this.say(this.dataset.kept, [this.dataset.putBack, () => this.restore(kept)]);
  }

  restore(kept) {
    this.put(kept.words);
    this.revision(kept.revision);
    this.later(0);
  }
}

// Words that nobody came back for go after a month, and all of them when the person signs out of this device.
function sweep(isOver) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("yk.") && isOver(key)) localStorage.removeItem(key);
  }
}

sweep((key) => Date.now() - JSON.parse(localStorage.getItem(key)).at > OLDEST);

document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action")?.endsWith("/logout/")) sweep(() => true);
});

customElements.define("yk-autosave", Autosave);
