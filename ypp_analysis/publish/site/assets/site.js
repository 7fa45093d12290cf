// What makes the pages more convenient. Each page is complete without it.
"use strict";

const byId = (id) => document.getElementById(id);

// A copy button after each citation.
for (const list of document.querySelectorAll("[data-copy]")) {
  for (const text of list.querySelectorAll("pre")) {
    const button = document.createElement("button");
    const style = text.parentElement.querySelector("summary").textContent;
    button.type = "button";
    button.textContent = list.dataset.copy;
    button.setAttribute("aria-label", `${list.dataset.copy}: ${style}`);
    button.addEventListener("click", async () => {
      await copy(text);
      button.textContent = list.dataset.copied;
      setTimeout(() => { button.textContent = list.dataset.copy; }, 2000);
    });
    text.after(button);
  }
}

// Pages opened as files have no clipboard of their own in some browsers: there the text is selected
// and copied as a person would.
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
  } catch {
    getSelection().selectAllChildren(element);
    document.execCommand("copy");
    getSelection().removeAllRanges();
  }
}

// The other language, at the same place.
for (const link of document.querySelectorAll("a.language")) {
  const page = link.getAttribute("href");
  link.addEventListener("click", () => { link.href = page + location.search + location.hash; });
}

// Claims: search and filters, with their state in the address.
const form = byId("filter");
if (form) {
  const rows = [...document.querySelectorAll(".ledger tbody tr")];
  const fields = ["q", "verdict", "section", "page"];
  const text = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of fields) form.elements[name].value = asked.get(name) ?? "";
    for (const name of fields) if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
  };

  const show = () => {
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => text.get(row).includes(word))
        && ["verdict", "section", "page"].every((name) =>
          !form.elements[name].value || row.dataset[name] === form.elements[name].value);
      row.hidden = !fits;
      shown += fits;
    }
    byId("count").textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
    byId("nothing").hidden = shown > 0;
  };

  const keep = () => {
    const asked = new URLSearchParams();
    for (const name of fields) if (form.elements[name].value) asked.set(name, form.elements[name].value);
    const query = asked.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  };

  // A link to a claim shows it, whatever the filters are, and opens its working.
  const follow = () => {
    const row = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!rows.includes(row)) return;
    if (row.hidden) {
      for (const name of fields) form.elements[name].value = "";
      show();
      keep();
    }
    row.querySelector("details").open = true;
    row.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { show(); keep(); }));
  addEventListener("popstate", () => { read(); show(); });
  addEventListener("hashchange", follow);
  byId("open-all").addEventListener("click", () => {
    for (const row of rows) if (!row.hidden) row.querySelector("details").open = true;
  });
  read();
  show();
  follow();
}

// What is folded away on the screen stands on paper.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
