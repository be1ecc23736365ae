// Text search, exact counts, and the filters for browsers without :has(). The page works without all of it.
"use strict";
(() => {
  const form = document.querySelector(".filters");
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details:not([open])")) {
      part.open = true;
      part.dataset.opened = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const part of document.querySelectorAll("details[data-opened]")) {
      part.open = false;
      delete part.dataset.opened;
    }
  });
  if (!form) return;
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({ element, text: null }));
  const groups = [...document.querySelectorAll(".group")].reverse();
  const status = form.querySelector("[role=status]");
  const search = form.querySelector("input[type=search]");
  const all = status.textContent;

  function chosen() {
    const values = [...form.querySelectorAll("select, input[type=radio]:checked")].map((input) => input.value);
    return values.filter((value) => value);
  }

  function update() {
    const values = chosen();
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word);
    let count = 0;
    for (const entry of entries) {
      let isShown = values.every((value) => entry.element.classList.contains(value));
      if (isShown && words.length > 0) {
        entry.text ??= entry.element.textContent.toLowerCase();
        isShown = words.every((word) => entry.text.includes(word));
      }
      entry.element.hidden = !isShown;
      if (isShown) count += 1;
    }
    for (const group of groups) {
      const shown = group.querySelectorAll(".entry:not([hidden])").length;
      group.hidden = shown === 0;
    }
    const isAll = values.length === 0 && words.length === 0;
    status.textContent = isAll ? all : status.dataset.shown.replace("{n}", count).replace("{all}", entries.length);
    document.body.classList.toggle("searched", words.length > 0);
  }

  for (const part of form.querySelectorAll("[hidden]")) part.hidden = false;
  form.classList.add("scripted");
  for (const event of ["input", "change"]) form.addEventListener(event, update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  // A browser may have kept what was chosen when the page was last open.
  if (chosen().length > 0) update();
})();
