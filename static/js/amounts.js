// Repeat an amount beside its field as the server will read it: digits, commas between groups of three, a point.

const AMOUNT = /^-?\$?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$/;

document.addEventListener("input", ({ target }) => {
  const box = target.closest?.("[data-amount]");
  if (box) echo(box);
});

document.addEventListener("change", ({ target }) => {
  for (const box of document.querySelectorAll("[data-currency-field]")) {
    if (box.dataset.currencyField === target.name) echo(box);
  }
});

for (const box of document.querySelectorAll("[data-amount]")) echo(box);

function echo(box) {
  const text = box.querySelector("input").value.trim();
  box.querySelector("[data-echo]").textContent = text ? shown(text, currencyOf(box)) : "";
}

function shown(text, currency) {
  const digits = text.replace(/[$,]/g, "");
  if (!currency || !AMOUNT.test(text) || digits === "" || digits === "-") return "";
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency });
  return `= ${format.format(digits)}`;
}

function currencyOf(box) {
  if (box.dataset.currency) return box.dataset.currency;
  const form = box.closest("form");
  return form?.elements.namedItem(box.dataset.currencyField)?.value ?? "";
}
