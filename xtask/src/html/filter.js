"use strict";
// Shows the items that all filters let through, and keeps the filters in the fragment of the address.
(() => {
  document.documentElement.classList.add("js");
  const form = document.querySelector("form[data-filters]");
  if (!form) return;

  const items = [...document.querySelectorAll("[data-item]")].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll("[data-group]")].map((element) => ({
    element,
    items: [...element.querySelectorAll("[data-item]")],
    count: element.querySelector("[data-count]"),
  }));
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const selects = [...form.querySelectorAll("select")];
  const search = form.querySelector("input[type=search]");
  const shown = form.querySelector("[data-shown]");
  const nothing = document.querySelector("[data-nothing]");
  const reset = form.querySelector("button[type=reset]");
  const facets = [...new Set(boxes.map((box) => box.name))];

  const isOneOf = (item, name, wanted) => {
    const has = (item.element.getAttribute("data-" + name) || "").split(" ");
    // What has no value of its own belongs to all of them.
    return has.includes("*") || has.some((value) => wanted.includes(value));
  };

  const chosen = (name) => boxes.filter((box) => box.name === name && box.checked).map((box) => box.value);

  const apply = () => {
    const words = search ? search.value.toLowerCase().split(/\s+/).filter(Boolean) : [];
    let count = 0;
    for (const item of items) {
      const fits =
        facets.every((name) => isOneOf(item, name, chosen(name))) &&
        selects.every((select) => !select.value || isOneOf(item, select.name, [select.value])) &&
        words.every((word) => item.text.includes(word));
      item.element.hidden = !fits;
      if (fits) count += 1;
    }
    for (const group of groups) {
      const left = group.items.filter((item) => !item.hidden).length;
      const all = group.items.length;
      group.element.hidden = left === 0;
      if (group.count) group.count.textContent = left === all ? String(all) : left + " of " + all;
    }
    const all = items.length;
    const noun = all === 1 ? shown.dataset.one : shown.dataset.many;
    shown.textContent = (count === all ? String(all) : count + " of " + all) + " " + noun;
    nothing.hidden = count > 0;
  };

  const fragment = () => {
    const state = new URLSearchParams();
    for (const name of facets) {
      const of = boxes.filter((box) => box.name === name);
      if (of.every((box) => box.checked === box.defaultChecked)) continue;
      const values = chosen(name);
      for (const value of values.length ? values : [""]) state.append(name, value);
    }
    for (const select of selects) if (select.value) state.append(select.name, select.value);
    if (search && search.value.trim()) state.append("q", search.value.trim());
    return state.toString();
  };

  const save = () => {
    const state = fragment();
    reset.disabled = !state;
    history.replaceState(null, "", state ? "#" + state : location.pathname + location.search);
  };

  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const box of boxes) {
      box.checked = state.has(box.name) ? state.getAll(box.name).includes(box.value) : box.defaultChecked;
    }
    for (const select of selects) {
      select.value = state.get(select.name) || "";
      // A link may name what this page does not have.
      if (select.selectedIndex < 0) select.value = "";
    }
    if (search) search.value = state.get("q") || "";
    reset.disabled = !fragment();
    apply();
  };

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      apply();
      save();
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = box.defaultChecked;
    for (const select of selects) select.value = "";
    if (search) search.value = "";
    apply();
    save();
  });
  nothing.querySelector("[data-clear]").addEventListener("click", () => {
    form.reset();
    if (search) search.focus();
  });
  window.addEventListener("hashchange", restore);

  // On paper nothing can be opened.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  restore();
})();
