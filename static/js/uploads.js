// A file that is too large is refused when it is chosen, in the field's own words: nothing is sent, nothing is lost.

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[type=file][data-most]")) return;
  const most = Number(target.dataset.most);
  const tooLarge = [...target.files].some((file) => file.size > most);
  target.setCustomValidity(tooLarge ? target.dataset.tooLarge : "");
  target.reportValidity();
});
