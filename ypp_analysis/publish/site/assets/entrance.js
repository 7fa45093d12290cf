// From the entrance to the language that the reader's browser prefers.
"use strict";

const known = [...document.querySelectorAll("a[hreflang]")];
const wanted = navigator.languages.map((name) => name.split("-")[0]);
const chosen = wanted.map((name) => known.find((link) => link.hreflang === name)).find(Boolean);
location.replace((chosen ?? known[0]).href);
