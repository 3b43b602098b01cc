// What nodes give for the chosen sample: small on the node, larger and in words at the side.
"use strict";

const ROOM = { width: 132, height: 66 };
const BARS = { width: 128, height: 40 };

function chosenSample() {
  return network.samples?.[state.sample];
}

// A closed block shows what its last node gives.
function outputOf(id) {
  return chosenSample()?.tiles[groups.get(id)?.end ?? id];
}

// What can be drawn on the node; null where there are only words.
function tileOf(id) {
  const tile = outputOf(id);
  return tile?.png || tile?.bars || tile?.answer ? tile : null;
}

function tileSize(tile) {
  const answer = tile.answer ? 16 : 0;
  if (tile.bars) return [Math.min(BARS.width, 14 * tile.bars.length + 8), BARS.height + answer];
  if (!tile.png) return [Math.min(180, textWidth(tile.answer, 11)), answer];
  const [width, height] = tile.size;
  const fits = Math.min(ROOM.width / width, ROOM.height / height);
  const times = fits >= 1 ? Math.min(Math.floor(fits), 8) : fits;
  return [width * times, height * times + answer];
}

// The tile in the drawing, its middle at x and its lower edge at y.
function drawnTile(tile, x, y) {
  const made = element("svg:g", { class: "tile", "aria-hidden": "true" });
  const [width, height] = tileSize(tile);
  const shown = height - (tile.answer ? 16 : 0);
  const [left, top] = [x - width / 2, y - height];
  if (tile.png) {
    made.append(element("svg:image", { href: `data:image/png;base64,${tile.png}`, x: left, y: top, width, height: shown, preserveAspectRatio: "none" }));
    made.append(element("svg:rect", { class: "edge-of-tile", x: left, y: top, width, height: shown }));
  } else if (tile.bars) made.append(...bars(tile.bars, left, top, width, shown));
  if (tile.answer) {
    const first = tile.answer.split(", ")[0];
    made.append(element("svg:text", { class: "answer", x, y: y - 3 }, first.length > 26 ? `${first.slice(0, 25)}…` : first));
  }
  return made;
}

function bars(values, left, top, width, height) {
  const [zero, extent, step] = [...span(values), width / values.length];
  return values.map((value, place) => {
    const share = Math.abs(value ?? 0) / extent;
    const base = top + height * (1 - zero);
    return element("svg:rect", {
      class: value === null ? "bar lost" : value < 0 ? "bar below" : "bar",
      x: left + place * step + step * 0.1,
      y: value === null ? top : value < 0 ? base : base - share * height,
      width: step * 0.8,
      height: value === null ? height : Math.max(share * height, 0.8),
    });
  });
}

// Where zero lies, from 0 (the lower end) to 1, and how far the values reach.
function span(values) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  return [(high > low ? -low / (high - low) : 0), high - low || 1];
}

function aboutTile(id) {
  const tile = outputOf(id);
  if (!tile) return null;
  return element("section", { class: "about-tile" },
    element("h3", {}, `Output for ${chosenSample().name}`),
    tile.answer ? element("p", { class: "said" }, tile.answer) : "",
    tile.png ? largeTile(tile, id) : "",
    tile.bars ? namedBars(tile) : "",
    element("p", { class: "quiet" }, tile.words),
  );
}

function largeTile({ png, size, words }, id) {
  const image = element("img", { src: `data:image/png;base64,${png}`, alt: `${id}: ${words}` });
  image.style.width = `${Math.min(304, size[0] * 24)}px`;
  return image;
}

function namedBars({ bars: values, names }) {
  const [zero, extent] = span(values);
  const list = element("ol", { class: "bars" });
  values.forEach((value, place) => {
    const share = Math.abs(value ?? 0) / extent;
    const bar = element("i", { class: value < 0 ? "below" : "" });
    bar.style.left = `${100 * (value < 0 ? zero - share : zero)}%`;
    bar.style.width = `${100 * share}%`;
    const number = value === null ? "not finite" : String(value).replace("-", "−");
    list.append(element("li", {}, element("span", { class: "of" }, names?.[place] ?? String(place)), element("span", { class: "room" }, bar), element("span", { class: "value" }, number)));
  });
  return list;
}

// Of the whole network: the sample itself, and what the outputs say of it.
function aboutSample() {
  const sample = chosenSample();
  if (!sample) return null;
  const said = Object.entries(sample.tiles).filter(([, tile]) => tile.answer).map(([id, tile]) => [id, tile.answer]);
  const first = network.nodes.filter((node) => node.family === "input").map((node) => [node.id, sample.tiles[node.id]]);
  return element("section", { class: "about-tile" },
    element("h3", {}, sample.name[0].toUpperCase() + sample.name.slice(1)),
    ...first.map(([id, tile]) => (tile?.png ? largeTile(tile, id) : tile && !tile.bars ? element("p", {}, tile.words) : "")),
    facts([...sample.notes.map((note) => note.split(/: (.*)/s)).map(([name, value]) => [`${name} (true)`, value]), ...said]),
    element("p", { class: "quiet" }, `The nodes show their outputs for this sample, from the run's ${sample.model} model.`),
  );
}

document.getElementById("sample")?.addEventListener("change", (event) => {
  state.sample = event.target.value === "" ? null : Number(event.target.value);
  draw();
  tell();
});
