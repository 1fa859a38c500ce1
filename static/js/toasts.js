// Toasts float for ten seconds. One that is focused or under the pointer stays, so that nobody loses an Undo.

const SECONDS = 10;

for (const box of document.querySelectorAll("[data-toasts]")) {
  box.classList.toggle("is-floating", box.querySelector(".toast") !== null);
  for (const toast of box.querySelectorAll(".toast")) expire(toast);
}

// Other modules may say something too: new CustomEvent("toast", { detail: "…" }).
document.addEventListener("toast", ({ detail }) => {
  const box = document.querySelector("[data-toasts]") ?? document.body.appendChild(document.createElement("div"));
  box.className = "toasts is-floating";
  box.dataset.toasts = "";
  const toast = box.appendChild(document.createElement("div"));
  toast.className = "toast";
  toast.textContent = detail;
  expire(toast);
});

function expire(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) expire(toast);
    else toast.remove();
  }, SECONDS * 1000);
}
