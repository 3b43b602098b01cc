// The side of the page: all about what is chosen, or about the whole network.
"use strict";

function tell() {
  const own = nodes.get(state.chosen) || groups.get(state.chosen);
  const parts = own ? (nodes.has(state.chosen) ? aboutNode(own) : aboutGroup(own)) : aboutNetwork();
  panel.replaceChildren(...parts.filter(Boolean));
}

function facts(pairs) {
  const list = element("dl", { class: "facts" });
  for (const [name, value] of pairs)
    if (value !== null && value !== undefined && value !== "" && value.length !== 0)
      list.append(element("dt", {}, name), element("dd", {}, ...(Array.isArray(value) ? value : [value])));
  return list;
}

function links(ids) {
  return ids.flatMap((id, number) => {
    const link = element("button", { type: "button", class: "link" }, id);
    link.addEventListener("click", () => choose(id, true));
    return number ? [", ", link] : [link];
  });
}

function aboutNode(node) {
  const layer = network.layers[node.layer] || { defaults: {} };
  const others = Object.entries(layer.defaults).filter(([name]) => !(name in node.options));
  return [
    element("h2", {}, node.id),
    element("p", {}, element("strong", {}, node.layer), layer.meaning ? ` – ${layer.meaning}` : ""),
    aboutTile(node.id),
    facts([
      ["output shape", node.shape],
      ["role", (node.roles || []).filter((role) => !role.startsWith("shared")).join(", ")],
      ["shares weights with", node.owner ? links([node.owner]) : null],
      ["fed by", links(node.inputs)],
      ["feeds", links(feeds.get(node.id))],
      ["in", node.group ? links([node.group]) : null],
      ["parameters", node.parameters + (node.frozen ? `, ${node.frozen} of them not trained` : "")],
      ["multiply-adds", node.exact_products],
      ["memory of its output", node.memory],
    ]),
    options("Options", Object.entries(node.options)),
    others.length ? folded(`Defaults (${others.length})`, options("", others)) : null,
    weights(node),
  ];
}

function aboutGroup(group) {
  const button = element("button", { type: "button", class: "wide-button" }, state.open.has(group.id) ? "Close" : "Open");
  button.addEventListener("click", () => toggle(group.id));
  return [
    element("h2", {}, group.id),
    element("p", {}, `A use of the ${group.model ? "model" : "block"} `, element("strong", {}, group.block), "."),
    button,
    facts([
      ["nodes inside", group.size],
      ["output shape", group.shape],
      ["in", group.parent ? links([group.parent]) : null],
      ["parameters", group.parameters],
      ["multiply-adds", group.exact_products],
      ["memory of its outputs", group.memory],
    ]),
    aboutTile(group.id),
  ];
}

function aboutNetwork() {
  const legend = element("ul", { class: "legend" });
  for (const family of network.families) {
    const style = `--fill: var(--${family}-fill, var(--paper)); --edge: var(--${family}-edge, var(--ink))`;
    legend.append(element("li", {}, element("span", { class: "swatch", style }), family));
  }
  const signs = new Map(network.nodes.filter((node) => node.sign).map((node) => [node.sign, node.layer]));
  for (const [sign, layer] of signs) legend.append(element("li", {}, element("b", { class: "sign" }, sign), layer));
  if (groups.size) legend.append(element("li", {}, element("span", { class: "swatch closed" }), "closed block or model"));
  if (network.nodes.some((node) => node.owner)) legend.append(element("li", {}, element("span", { class: "swatch again" }), "the same weights again"));
  const keys = [
    ["drag, wheel", "move, zoom"],
    ["click", "all about a node"],
    ["click ▾, double click ▸", "close, open"],
    ["Tab, arrow keys", "go from node to node"],
    ["Enter", "open, close, choose"],
    ["+  −  0", "nearer, farther, all of it"],
    ["Enter in the search", "the next one; Shift + Enter: the one before"],
  ];
  return [
    element("h2", {}, "The whole network"),
    element("p", {}, network.description),
    facts(network.facts),
    aboutSample(),
    network.weights_of ? element("p", { class: "quiet" }, network.weights_of) : null,
    element("h3", {}, "Colours and signs"),
    legend,
    element("h3", {}, "How to look around"),
    facts(keys.filter(([key]) => groups.size || !key.includes("▾"))),
  ];
}

function options(title, entries) {
  if (!entries.length) return null;
  const rows = entries.map(([name, value]) => element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, element("code", {}, value))));
  const table = element("table", {}, element("tbody", {}, ...rows));
  return title ? element("section", {}, element("h3", {}, title), table) : table;
}

function folded(title, ...parts) {
  return element("details", {}, element("summary", {}, title), ...parts);
}

function weights(node) {
  if (!node.weights.length) return null;
  const blocks = node.weights.map((weight) => {
    const { name, shape, count, frozen, mean, spread, lowest, highest, counts } = weight;
    const head = element("p", { class: "weight" }, element("strong", {}, name), ` ${shape}`, element("span", { class: "quiet" }, ` ${count} numbers${frozen ? ", not trained" : ""}`));
    if (counts === undefined) return element("div", {}, head);
    return element("div", {}, head, histogram(name, weight), element("p", { class: "range quiet" }, element("span", {}, lowest), element("span", {}, `mean ${mean}, standard deviation ${spread}`), element("span", {}, highest)));
  });
  return element("section", {}, element("h3", {}, node.owner ? `Weights, those of ${node.owner}` : "Weights"), ...blocks);
}

// How many of the numbers lie where, from the lowest to the highest; a thin line marks zero.
function histogram(name, { counts, zero, lowest, highest, mean, spread }) {
  const most = Math.max(...counts);
  const words = `${name}: from ${lowest} to ${highest}, mean ${mean}, standard deviation ${spread}`;
  const drawing = element("svg:svg", { class: "histogram", viewBox: `0 0 ${counts.length * 10} 48`, preserveAspectRatio: "none", role: "img", "aria-label": words });
  counts.forEach((count, place) => {
    const height = count ? Math.max(1, (44 * count) / most) : 0;
    drawing.append(element("svg:rect", { x: place * 10 + 0.5, y: 48 - height, width: 9, height }));
  });
  if (zero !== null) drawing.append(element("svg:line", { x1: zero * counts.length * 10, x2: zero * counts.length * 10, y1: 0, y2: 48 }));
  return drawing;
}
