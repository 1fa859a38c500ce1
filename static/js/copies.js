// A link that copies its address. Without a script, or without the right to the clipboard, it opens what it would copy.

const LIVE = "[aria-live='polite']";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.dataset.copy);
  } catch {
    window.location.assign(link.href);
    return;
  }
  const words = link.textContent;
  link.textContent = link.dataset.copied;
  const live = document.querySelector(LIVE);
  if (live) live.textContent = link.dataset.copied;
  window.setTimeout(() => { link.textContent = words; }, 2000);
});
