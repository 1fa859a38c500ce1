// A record beside its list: links with data-panel open it at the side, the address keeps its number in ?open=.
// On a narrow screen, with a modifier key, or when anything fails, the link leads to the page of the record as ever.

const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
const wide = window.matchMedia("(min-width: 60rem)");
let current = null;

const links = () => [...document.querySelectorAll("a[data-panel]")];

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || !wide.matches) return;
  event.preventDefault();
  show(link);
});

document.getElementById("panel-close").addEventListener("click", close);
document.getElementById("panel-next").addEventListener("click", () => step(1));
document.getElementById("panel-previous").addEventListener("click", () => step(-1));

// Keys count only while the focus is inside the panel, so that they take nothing from the rest of the page.
panel.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape") close();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else return;
  event.preventDefault();
});

async function show(link) {
  let answer;
  try {
    answer = await fetch(link.dataset.panel, { headers: { Accept: "text/html", "HX-Request": "true" } });
  } catch {
    answer = null;
  }
  if (!answer?.ok || answer.redirected) {
    window.location.assign(link.href);
    return;
  }
  body.innerHTML = await answer.text();
  mark(link);
  panel.show();
  document.getElementById("panel-title").focus();
}

function mark(link) {
  current?.closest("tr").classList.remove("is-selected");
  current = link;
  link?.closest("tr").classList.add("is-selected");
  const address = new URL(window.location.href);
  if (link) address.searchParams.set("open", link.dataset.id);
  else address.searchParams.delete("open");
  window.history.replaceState(null, "", address);
  const place = links().indexOf(link);
  document.getElementById("panel-previous").disabled = place <= 0;
  document.getElementById("panel-next").disabled = place === links().length - 1;
}

function step(by) {
  const next = links()[links().indexOf(current) + by];
  if (next) show(next);
}

function close() {
  const link = current;
  panel.close();
  mark(null);
  link?.focus();
}

const asked = new URL(window.location.href).searchParams.get("open");
const first = asked && wide.matches ? links().find((link) => link.dataset.id === asked) : null;
if (first) show(first);
