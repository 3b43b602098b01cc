// The search: whose name or layer holds the words, in the order of the drawing, one after the other.
"use strict";

const search = { found: [], at: -1, field: document.getElementById("find"), said: document.getElementById("found") };

// Every node with its layer, and every block before the first node in it.
function searchable() {
  const every = new Map();
  for (const node of network.nodes) {
    for (const group of ways(node.group)) every.set(group, groups.get(group).block);
    every.set(node.id, node.layer);
  }
  return [...every];
}

function look() {
  const words = search.field.value.trim().toLowerCase();
  const every = words ? searchable() : [];
  search.found = every.filter(([id, layer]) => id.toLowerCase().includes(words) || layer.toLowerCase().includes(words)).map(([id]) => id);
  search.at = -1;
  tellFound(words);
  mark();
}

function tellFound(words) {
  const { found, at } = search;
  search.said.value = !words ? "" : !found.length ? "none" : at < 0 ? `${found.length} found` : `${at + 1} of ${found.length}`;
  search.field.setAttribute("aria-invalid", String(Boolean(words) && !found.length));
  for (const id of ["previous", "next"]) document.getElementById(id).disabled = !found.length;
}

// To the next one or the one before, round and round; first to the one that is called just so, if there is one.
function step(by) {
  const { found, at, field } = search;
  if (!found.length) return;
  const same = found.indexOf(field.value.trim());
  search.at = at >= 0 ? (at + by + found.length) % found.length : same >= 0 ? same : by > 0 ? 0 : found.length - 1;
  tellFound(field.value);
  choose(found[search.at], true);
}

search.field.addEventListener("input", (event) => {
  look();
  // Taken from the list of names, not typed.
  const isTaken = !(event instanceof InputEvent) || event.inputType === "insertReplacementText";
  if (isTaken && search.found.includes(search.field.value)) step(1);
});
search.field.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    search.field.value = "";
    look();
  } else if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
});
document.getElementById("previous").addEventListener("click", () => step(-1));
document.getElementById("next").addEventListener("click", () => step(1));
tellFound("");
