// Keyboard shortcuts, and nothing that the pages need: j and k move along the queue, a approves, r goes to the
// reasons, u undoes. They can be switched off, since single letters get in the way of speech input.
"use strict";

(() => {
  const KEY = "fidelio-shortcuts";
  const legend = document.querySelector("[data-shortcuts]");
  if (!legend) return;

  const isOn = () => localStorage.getItem(KEY) !== "off";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = isOn();
  const label = document.createElement("label");
  label.append(box, ` ${document.body.dataset.shortcutsLabel}`);
  box.addEventListener("change", () => localStorage.setItem(KEY, box.checked ? "on" : "off"));
  legend.after(label);
  legend.hidden = false;

  const step = (by) => {
    const titles = [...document.querySelectorAll(".row--open .row__title")];
    const next = titles[titles.indexOf(document.activeElement) + by] || (by > 0 ? titles[0] : titles.at(-1));
    if (next) next.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
    const target = /^[aru]$/.test(event.key) && document.querySelector(`[data-shortcut="${event.key}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "SELECT") target.focus();
    else target.click();
  });
})();
