// What htmx leaves to the page when it swaps a part: say that it is busy, keep the focus, announce the result.

const live = document.getElementById("live");

// A form that answers with a file never leaves its page: after this time it can be sent again.
const LONGEST_SECONDS = 10;

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  detail.target?.setAttribute("aria-busy", "true");
  if (detail.elt.matches("form")) setBusy(detail.elt, true);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target?.removeAttribute("aria-busy");
  if (detail.elt.matches("form")) setBusy(detail.elt, false);
});

let focusedBefore = "";

document.addEventListener("htmx:beforeSwap", () => {
  focusedBefore = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const summary = detail.elt.querySelector?.(".error-summary") ?? null;
  if (summary) summary.focus();
  else restoreFocus();
  announce(detail.elt.querySelector?.("[data-announce]")?.textContent);
});

// Servers may also send a sentence: HX-Trigger: {"announce": "12 partners match"}.
document.addEventListener("announce", ({ detail }) => announce(detail.value));

document.addEventListener("htmx:responseError", () => announceFailure());
document.addEventListener("htmx:sendError", () => announceFailure());

// A plain form that is on its way shows it on its button; a second press while it travels is not sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setBusy(form, true, event.submitter);
  setTimeout(free, LONGEST_SECONDS * 1000, form);
});

// Coming back through the browser's history shows the page as it was left: free the forms again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) free(form);
});

function free(form) {
  delete form.dataset.sent;
  setBusy(form, false);
}

function restoreFocus() {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (lost && focusedBefore) document.getElementById(focusedBefore)?.focus({ preventScroll: true });
  focusedBefore = "";
}

function setBusy(form, busy, pressed = form.querySelector("button:not([type=button])")) {
  if (busy) pressed?.setAttribute("aria-busy", "true");
  else for (const button of form.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}

function announce(words) {
  if (live && words) live.textContent = words.trim();
}

function announceFailure() {
  if (!live) return;
  announce(live.dataset.failure);
  document.dispatchEvent(new CustomEvent("toast", { detail: live.dataset.failure }));
}
