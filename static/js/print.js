// A button that prints the page. Without a script it stays hidden: then the browser's own menu prints.

for (const button of document.querySelectorAll("button[data-print]")) {
  button.closest("[data-print-room]").hidden = false;
  button.addEventListener("click", () => window.print());
}
