// Ctrl K, or Command K on a Mac, puts the cursor into the search of the frame, as the button beside it does for the mouse.

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  const box = document.getElementById("search-q") ?? document.getElementById("shell-search");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
