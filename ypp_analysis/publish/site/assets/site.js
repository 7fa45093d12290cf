// What makes the pages more convenient. Each page is complete without it.
"use strict";

const byId = (id) => document.getElementById(id);

// A copy button beside the name of each style of citation.
for (const list of document.querySelectorAll("[data-copy]")) {
  for (const text of list.querySelectorAll(".references")) {
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
    text.parentElement.before(button);
  }
}

// Pages opened as files have no clipboard of their own in some browsers: there the text is selected
// and copied as a person would, for which it must not be folded away.
async function copy(element) {
  const lines = [...element.querySelectorAll("p")].map((line) => line.textContent);
  try {
    await navigator.clipboard.writeText(lines.length ? lines.join("\n") : element.textContent);
  } catch {
    element.closest("details").open = true;
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
  const body = document.querySelector(".ledger tbody");
  const rows = [...body.rows];
  const fields = ["q", "verdict", "section", "page"];
  // "14,100" and "14.100" are one number.
  const plain = (text) => text.toLowerCase().replace(/(\d)[.,](?=\d)/g, "$1");
  const told = (parts) => new Map(rows.map((row) =>
    [row, plain([...row.querySelectorAll(parts)].map((part) => part.textContent).join("\n"))]));
  const text = told(".printed, .verdict, summary, dt, dd");
  const outside = told(".printed, .verdict, summary");
  const held = (row) => ({
    verdict: row.querySelector(".verdict").classList[1],
    section: row.dataset.section,
    page: row.querySelector("b").textContent,
  });
  const facts = new Map(rows.map((row) => [row, held(row)]));
  const exhibits = [...byId("found").querySelectorAll("li")];

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of fields) form.elements[name].value = asked.get(name) ?? "";
    for (const name of fields) if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
  };

  const show = () => {
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    const has = (said) => words.every((word) => said.includes(word));
    let shown = 0;
    let within = 0;
    for (const row of rows) {
      const fits = has(text.get(row)) && ["verdict", "section", "page"].every((name) =>
        !form.elements[name].value || facts.get(row)[name] === form.elements[name].value);
      const hidden = fits && !has(outside.get(row));
      row.hidden = !fits;
      row.classList.toggle("within", hidden);
      shown += fits;
      within += hidden;
    }
    // Claims that show the words come first, all in the order of the study.
    body.append(...rows.filter((row) => !row.classList.contains("within")), ...rows.filter((row) => row.classList.contains("within")));
    for (const item of exhibits) item.hidden = !has(plain(`${item.textContent} ${item.dataset.words}`));
    byId("found").hidden = !words.length || exhibits.every((item) => item.hidden);
    byId("count").textContent = (form.dataset.shown + (within ? form.dataset.within : ""))
      .replace("{shown}", shown).replace("{all}", rows.length).replace("{within}", within);
    byId("nothing").hidden = shown > 0;
  };

  const named = () => (location.hash ? byId(decodeURIComponent(location.hash.slice(1))) : null);

  // The address keeps what is chosen, and a claim only while its row is there to be seen.
  const keep = () => {
    const asked = new URLSearchParams();
    for (const name of fields) if (form.elements[name].value) asked.set(name, form.elements[name].value);
    const query = asked.toString();
    const hash = named()?.closest("tr")?.hidden ? "" : location.hash;
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + hash);
  };

  // A link to a claim shows it, whatever the filters are, and opens its working.
  const follow = () => {
    const row = named()?.closest("tr");
    if (!rows.includes(row)) return;
    if (row.hidden) {
      for (const name of fields) form.elements[name].value = "";
      show();
      keep();
    }
    row.querySelector("details").open = true;
    row.scrollIntoView();
  };

  const all = byId("open-all");
  const open = all.textContent;
  form.hidden = false;
  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { show(); keep(); }));
  addEventListener("popstate", () => { read(); show(); });
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")?.hash === location.hash) setTimeout(follow);
  });
  all.addEventListener("click", () => {
    const opens = all.textContent === open;
    for (const row of rows) if (!row.hidden) row.querySelector("details").open = opens;
    all.textContent = opens ? all.dataset.close : open;
  });
  read();
  show();
  follow();
}

// What is folded away on the screen stands on paper.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not(.zoom)")) details.open = true;
});
