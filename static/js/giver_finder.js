// The list below a giver's field in a batch: asks the server while one types, is walked by arrows, taken by Enter or Tab.
// A field says by `data-finds` into which hidden field of its form the choice goes.

const PAUSE = 150;

export class Finder {
  constructor(batch) {
    this.batch = batch;
    this.open = null;
    this.asked = new WeakMap();
    this.timers = new WeakMap();
    batch.addEventListener("input", ({ target }) => this.typed(target));
    batch.addEventListener("keydown", (event) => this.key(event), true);
    batch.addEventListener("focusout", ({ target }) => {
      if (this.open?.field === target) this.close();
    });
    batch.addEventListener("mousedown", (event) => this.pressed(event));
  }

  hidden(field) {
    return field.form.elements.namedItem(field.dataset.finds);
  }

  typed(field) {
    if (!field.dataset?.finds) return;
    this.put(field, "");
    this.close();
    clearTimeout(this.timers.get(field));
    this.asked.delete(field);
    const words = field.value.trim();
    if (!words || words === "?") return;
    this.asked.set(field, new Promise((done) => {
      this.timers.set(field, setTimeout(() => this.ask(field, words).then(done, done), PAUSE));
    }));
  }

  // The hidden field, also where candidates of the server stand as radios beside it.
  put(field, value) {
    const there = this.hidden(field);
    const box = there instanceof RadioNodeList ? [...there].find((each) => each.type === "hidden") : there;
    box.value = value;
    if (there instanceof RadioNodeList) for (const each of there) if (each.type === "radio") each.checked = false;
  }

  async ask(field, words) {
    const answer = await fetch(`${this.batch.dataset.givers}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    const { givers } = answer.ok ? await answer.json() : { givers: [] };
    if (field.value.trim() !== words) return;
    if (document.activeElement === field) this.show(field, givers);
    else if (givers.length === 1) this.take(field, givers[0]);
  }

  // Resolves when what was typed into a line has been looked up: a line is sent with the one who answers.
  async settled(line) {
    const pending = [...line.querySelectorAll("[data-finds]")].map((field) => this.asked.get(field));
    await Promise.all(pending.filter(Boolean));
  }

  show(field, givers) {
    this.close();
    const list = document.createElement("ul");
    list.className = "entry-list";
    list.id = `${field.id}-list`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
    const nobody = { id: "", partner: "", name: givers.length ? this.batch.dataset.unknown : this.batch.dataset.nobody, hint: "?" };
    const offered = field.dataset.finds === "giving_unit" ? [...givers, nobody] : givers;
    list.replaceChildren(...offered.map((giver, at) => this.option(list, giver, at)));
    if (!offered.length) return;
    field.after(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "true");
    this.open = { field, list, offered, at: -1 };
    if (givers.length) this.move(0);
    this.batch.announce(this.batch.dataset.giversFound.replace("{count}", givers.length));
  }

  option(list, giver, at) {
    const made = document.createElement("li");
    made.id = `${list.id}-${at}`;
    made.setAttribute("role", "option");
    made.dataset.at = at;
    const hint = Object.assign(document.createElement("span"), { className: "meta", textContent: giver.hint });
    made.append(giver.name, hint);
    return made;
  }

  move(to) {
    const { field, list, offered } = this.open;
    this.open.at = (to + offered.length) % offered.length;
    for (const each of list.children) each.setAttribute("aria-selected", String(Number(each.dataset.at) === this.open.at));
    field.setAttribute("aria-activedescendant", list.children[this.open.at].id);
  }

  key(event) {
    if (!this.open || event.target !== this.open.field) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      this.move(Math.max(this.open.at, steps[event.key] < 0 ? 0 : -1) + steps[event.key]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && this.open.at >= 0) {
      if (event.key === "Enter" || event.target.name === "giver") event.preventDefault();
      this.take(this.open.field, this.open.offered[this.open.at]);
    }
  }

  pressed(event) {
    const option = event.target.closest('[role="option"]');
    if (!option || !this.open?.list.contains(option)) return;
    event.preventDefault();
    this.take(this.open.field, this.open.offered[Number(option.dataset.at)]);
  }

  // Taken with Enter the cursor goes to the next field, as with Tab.
  take(field, giver) {
    if (!giver) return;
    const isUnknown = giver.id === "";
    field.value = isUnknown ? "?" : giver.name;
    this.put(field, isUnknown ? "" : field.dataset.finds === "soft_partner" ? giver.partner : giver.id);
    const hadFocus = document.activeElement === field;
    this.close();
    this.batch.changed(field.closest("[data-line]"));
    if (hadFocus && field.name === "giver") field.form.elements.namedItem("amount").focus();
  }

  close() {
    if (!this.open) return;
    const { field, list } = this.open;
    this.open = null;
    list.remove();
    for (const name of ["aria-expanded", "aria-controls", "aria-activedescendant"]) field.removeAttribute(name);
    field.removeAttribute("role");
  }
}
