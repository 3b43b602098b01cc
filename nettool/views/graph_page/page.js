// The page of a network: draws what is open, and lets people move about, open, close, choose and find.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const network = JSON.parse(document.getElementById("network").textContent);
const nodes = new Map(network.nodes.map((node) => [node.id, node]));
const groups = new Map(network.groups.map((group) => [group.id, group]));
const svg = document.querySelector("#drawing svg");
const canvas = svg.querySelector("#canvas");
const panel = document.getElementById("panel");
const state = { open: new Set(network.open), leftRight: network.left_right, chosen: null, focused: null, sample: 0 };
const view = { x: 0, y: 0, scale: 1 };
const feeds = new Map(network.nodes.map((node) => [node.id, []]));
for (const node of network.nodes) for (const source of node.inputs) feeds.get(source).push(node.id);
let layout = null;
let visible = new Map();

const measure = document.createElement("canvas").getContext("2d");
const family = getComputedStyle(document.body).fontFamily;
function textWidth(text, size, weight = 400) {
  measure.font = `${weight} ${size}px ${family}`;
  return measure.measureText(text).width;
}

function element(name, attributes = {}, ...children) {
  const made = name.startsWith("svg:") ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// ---- What is seen, and where -----------------------------------------------------------------------------------

function ways(group) {
  return group ? [...ways(groups.get(group).parent), group] : [];
}

// What stands for a node or a group: itself, or the outermost closed group that it is in.
function shownAs(id) {
  const own = nodes.get(id) || groups.get(id);
  return ways(nodes.has(id) ? own.group : own.parent).find((group) => !state.open.has(group)) || id;
}

function lines(item) {
  const { shapes, parameters, multiply_adds: products } = network.look;
  const told = [{ text: item.name, size: 13, weight: 700 }];
  if (item.sign) told.unshift({ text: item.sign, size: 17, weight: 700 });
  if (item.text && !item.sign) told.push({ text: item.text, size: 12, weight: 400 });
  if (shapes) told.push({ text: item.shape, size: 11, weight: 400, quiet: true });
  if (parameters && item.parameters !== "0") told.push({ text: `${item.parameters} parameters`, size: 11, weight: 400, quiet: true });
  if (products && item.products !== "0") told.push({ text: `${item.products} mult-adds`, size: 11, weight: 400, quiet: true });
  for (const role of item.roles || []) told.push({ text: role, size: 11, weight: 400, quiet: true });
  return told;
}

function box(id) {
  const item = nodes.get(id) || groups.get(id);
  const told = lines(item);
  const width = Math.max(...told.map((line) => textWidth(line.text, line.size, line.weight))) + (item.sign ? 40 : 26);
  const height = told.reduce((sum, line) => sum + line.size * 1.4, 0) + (item.sign ? 22 : 14);
  const tile = tileOf(id);
  const room = tile ? tileSize(tile) : [0, 0];
  return { id, told, tile, width: Math.max(width, item.sign ? height : 70, room[0] + 20), height: height + (room[1] && room[1] + 8) };
}

function tree() {
  const root = { id: "", children: [] };
  const made = new Map([[null, root]]);
  const hold = (group) => {
    if (!made.has(group)) {
      const { name, block, parent } = groups.get(group);
      const item = { id: group, title: name, children: [] };
      item.titleWidth = textWidth(`▾ ${name}`, 12, 700) + textWidth(` · ${block}`, 12) + 36;
      made.set(group, item);
      hold(parent).children.push(item);
    }
    return made.get(group);
  };
  visible = new Map();
  for (const node of network.nodes) {
    const id = shownAs(node.id);
    if (visible.has(id)) continue;
    const item = box(id);
    visible.set(id, item);
    hold((nodes.get(id) || {}).group ?? (groups.get(id) || {}).parent ?? null).children.push(item);
  }
  for (const group of made.keys()) if (group) visible.set(group, made.get(group));
  return root;
}

function wires() {
  const found = new Map();
  for (const node of network.nodes)
    for (const source of node.inputs) {
      const [from, to] = [shownAs(source), shownAs(node.id)];
      if (from !== to) found.set(`${from} ${to}`, [from, to]);
    }
  return [...found.values()];
}

// ---- Drawing ---------------------------------------------------------------------------------------------------

function draw() {
  layout = layoutNetwork(tree(), wires(), state.leftRight);
  const [frames, edges, boxes, titles] = ["frames", "edges", "boxes", "titles"].map((name) => element("svg:g", { class: name }));
  for (const edge of layout.edges) {
    const path = element("svg:path", { class: "edge", d: edge.path, "marker-end": edge.ends ? "url(#arrow)" : null });
    path.pairs = edge.pairs;
    edges.append(path);
  }
  for (const [id, item] of visible) {
    const spot = layout.places.get(id);
    if (item.children) {
      frames.append(frame(id, spot));
      titles.append(title(id, spot));
    } else boxes.append(boxed(id, item, spot));
  }
  // Outer frames are drawn before those within them.
  [...frames.children].sort((one, other) => one.dataset.depth - other.dataset.depth).forEach((one) => frames.append(one));
  canvas.replaceChildren(frames, edges, boxes, titles);
  mark();
}

function control(id, attributes) {
  const made = element("svg:g", { tabindex: "-1", role: "button", ...attributes });
  made.dataset.id = id;
  return made;
}

function frame(id, { x, y, width, height }) {
  const depth = ways(id).length;
  const made = control(id, { class: "frame", "aria-expanded": "true", "aria-label": `${id}, ${groups.get(id).text}, open` });
  made.dataset.depth = depth;
  made.append(element("svg:rect", { x, y, width, height, rx: 10, style: `fill: var(--frame${Math.min(depth, 3)})` }));
  return made;
}

// A frame's title is drawn over the edges that run through it.
function title(id, { x, y }) {
  const { name, block } = groups.get(id);
  const style = `stroke: var(--frame${Math.min(ways(id).length, 3)})`;
  const made = element("svg:text", { x: x + 12, y: y + 17, class: "title", style, "aria-hidden": "true" }, "▾ ", element("svg:tspan", { class: "name" }, name), ` · ${block}`);
  made.dataset.toggles = id;
  return made;
}

function boxed(id, item, { x, y, width, height }) {
  const isGroup = groups.has(id);
  const own = nodes.get(id) || groups.get(id);
  const fed = (own.inputs || []).join(", ");
  const label = [id, own.text, `output ${own.shape}`, fed && `fed by ${fed}`, ...(own.roles || []), item.tile?.answer, isGroup && "closed"];
  const made = control(id, {
    class: `box ${isGroup ? "closed" : ""} ${own.ends ? "ends" : ""} ${own.owner ? "again" : ""}`,
    "aria-label": label.filter(Boolean).join(", "),
    "aria-expanded": isGroup ? "false" : null,
    style: isGroup ? "--fill: var(--frame1); --edge: var(--quiet)" : `--fill: var(--${own.family}-fill, var(--paper)); --edge: var(--${own.family}-edge, var(--ink))`,
  });
  if (isGroup) made.append(element("svg:rect", { class: "behind", x: x + 5, y: y + 5, width, height, rx: 9 }));
  if (own.sign && !item.tile) made.append(element("svg:ellipse", { cx: x + width / 2, cy: y + height / 2, rx: width / 2, ry: height / 2 }));
  else made.append(element("svg:rect", { x, y, width, height, rx: 9 }));
  let base = y + (own.sign ? 9 : 6);
  item.told.forEach(({ text, size, weight, quiet }, number) => {
    base += size * 1.4;
    const shown = isGroup && number === 0 ? `▸ ${text}` : text;
    made.append(element("svg:text", { x: x + width / 2, y: base - size * 0.35, style: `font-size: ${size}px; font-weight: ${weight}`, class: quiet ? "quiet" : null }, shown));
  });
  if (item.tile) made.append(drawnTile(item.tile, x + width / 2, y + height - 8));
  return made;
}

// Shows what is chosen with its edges, and lets the Tab key reach one thing of the drawing.
function mark() {
  const chosen = state.chosen && shownAs(state.chosen);
  const within = (id) => id === chosen || ways(nodes.has(id) ? nodes.get(id).group : groups.get(id).parent).includes(chosen);
  const focused = state.focused && layout.places.has(state.focused) ? state.focused : chosen || network.nodes[0] && shownAs(network.nodes[0].id);
  const owner = chosen && (nodes.get(chosen) || {}).owner;
  const found = new Set(search.found.map(shownAs));
  for (const one of canvas.querySelectorAll("[data-id]")) {
    one.classList.toggle("chosen", one.dataset.id === chosen);
    one.classList.toggle("found", found.has(one.dataset.id));
    one.classList.toggle("partner", Boolean(owner) && one.dataset.id === shownAs(owner));
    one.setAttribute("tabindex", one.dataset.id === focused ? "0" : "-1");
    one.setAttribute("aria-pressed", String(one.dataset.id === chosen));
  }
  for (const edge of canvas.querySelectorAll(".edge")) {
    const touches = Boolean(chosen) && edge.pairs.some(([from, to]) => within(from) !== within(to));
    edge.classList.toggle("near", touches);
    if (edge.hasAttribute("marker-end")) edge.setAttribute("marker-end", touches ? "url(#arrow-near)" : "url(#arrow)");
  }
}

function move() {
  canvas.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
}

function fit() {
  const { width, height } = svg.getBoundingClientRect();
  view.scale = Math.min(1.25, (width - 40) / layout.width, (height - 40) / layout.height);
  [view.x, view.y] = [(width - layout.width * view.scale) / 2, Math.max(20, (height - layout.height * view.scale) / 2)];
  move();
}

// As large as can be read; of a network that is larger than the window, its beginning.
function begin() {
  fit();
  if (view.scale >= 0.9) return;
  const { width, height } = svg.getBoundingClientRect();
  const first = layout.places.get(shownAs(network.nodes[0].id));
  view.scale = 0.9;
  [view.x, view.y] = [width / 2 - (first.x + first.width / 2) * view.scale, 30 - first.y * view.scale];
  if (state.leftRight) [view.x, view.y] = [30 - first.x * view.scale, height / 2 - (first.y + first.height / 2) * view.scale];
  move();
}

function zoom(factor, x, y) {
  const { width, height } = svg.getBoundingClientRect();
  [x, y] = [x ?? width / 2, y ?? height / 2];
  const scale = Math.min(4, Math.max(0.03, view.scale * factor));
  view.x = x - ((x - view.x) * scale) / view.scale;
  view.y = y - ((y - view.y) * scale) / view.scale;
  view.scale = scale;
  move();
}

function bringIntoSight(id) {
  const { width, height } = svg.getBoundingClientRect();
  const spot = layout.places.get(id);
  const [x, y] = [spot.x * view.scale + view.x, spot.y * view.scale + view.y];
  if (x < 0 || x + spot.width * view.scale > width) view.x = width / 2 - (spot.x + spot.width / 2) * view.scale;
  if (y < 0 || y + Math.min(spot.height * view.scale, height) > height) view.y = height / 3 - spot.y * view.scale;
  move();
}

// ---- What people do --------------------------------------------------------------------------------------------

// Opens or closes a group; what was clicked stays where it is.
function toggle(id) {
  const before = layout.places.get(id);
  const at = before && [before.x * view.scale + view.x + (before.width * view.scale) / 2, before.y * view.scale + view.y];
  if (!state.open.delete(id)) state.open.add(id);
  draw();
  const after = layout.places.get(id);
  if (at && after) [view.x, view.y] = [at[0] - (after.x + after.width / 2) * view.scale, at[1] - after.y * view.scale];
  move();
  focus(id);
  tell();
}

function setOpen(ids) {
  state.open = new Set(ids);
  draw();
  begin();
  tell();
}

function choose(id, reveal = false) {
  state.chosen = id;
  if (id && reveal) {
    ways(nodes.has(id) ? nodes.get(id).group : groups.get(id).parent).forEach((group) => state.open.add(group));
    draw();
    bringIntoSight(id);
  }
  if (id) state.focused = shownAs(id);
  mark();
  tell();
}

function focus(id) {
  state.focused = shownAs(id);
  mark();
  canvas.querySelector(`[data-id="${CSS.escape(state.focused)}"]`)?.focus({ preventScroll: true });
}

// The nearest thing that way, by the arrow keys.
function neighbour(id, [right, down]) {
  const middle = (spot, open) => [spot.x + spot.width / 2, open ? spot.y + 12 : spot.y + spot.height / 2];
  const [x, y] = middle(layout.places.get(id), visible.get(id).children);
  let [best, least] = [null, Infinity];
  for (const [other, item] of visible) {
    const [ox, oy] = middle(layout.places.get(other), item.children);
    const along = (ox - x) * right + (oy - y) * down;
    const aside = Math.abs((ox - x) * down) + Math.abs((oy - y) * right);
    if (other !== id && along > 1 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  return best;
}

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
svg.addEventListener("keydown", (event) => {
  const id = event.target.closest("[data-id]")?.dataset.id;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
  else if (event.key === "Escape") choose(null);
  else if (id && ARROWS[event.key]) {
    const next = neighbour(id, ARROWS[event.key]);
    if (next) {
      focus(next);
      bringIntoSight(next);
    }
  } else if (id && event.key === "Enter") groups.has(id) ? toggle(id) : choose(id);
  else if (id && event.key === " ") choose(id);
  else return;
  event.preventDefault();
});

const fingers = new Map();
let moved = false;
svg.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  if (!fingers.size) moved = false;
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
addEventListener("pointermove", (event) => {
  const last = fingers.get(event.pointerId);
  if (!last) return;
  const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
  if (!moved && Math.hypot(dx, dy) < 4) return;
  moved = true;
  svg.classList.add("moving");
  const other = [...fingers].find(([pointer]) => pointer !== event.pointerId)?.[1];
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
  if (other) {
    const { left, top } = svg.getBoundingClientRect();
    const spread = (at) => Math.max(10, Math.hypot(at[0] - other[0], at[1] - other[1]));
    zoom(spread([event.clientX, event.clientY]) / spread(last), other[0] - left, other[1] - top);
    return;
  }
  [view.x, view.y] = [view.x + dx, view.y + dy];
  move();
});
for (const name of ["pointerup", "pointercancel"])
  addEventListener(name, (event) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) svg.classList.remove("moving");
  });
svg.addEventListener("click", (event) => {
  if (moved) return;
  const title = event.target.closest("[data-toggles]");
  if (title) {
    toggle(title.dataset.toggles);
    return;
  }
  const id = event.target.closest("[data-id]")?.dataset.id ?? null;
  choose(id);
  if (id) focus(id);
});
svg.addEventListener("dblclick", (event) => {
  const id = event.target.closest(".closed[data-id]")?.dataset.id;
  if (id) toggle(id);
});
svg.addEventListener("focusin", (event) => {
  const id = event.target.closest("[data-id]")?.dataset.id;
  if (id) state.focused = id;
});
svg.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const { left, top } = svg.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - left, event.clientY - top);
  },
  { passive: false },
);

const deepest = Math.max(0, ...network.groups.map((group) => ways(group.id).length));
const ACTIONS = {
  "zoom-in": () => zoom(1.25),
  "zoom-out": () => zoom(0.8),
  fit,
  "open-all": () => setOpen(groups.keys()),
  "close-all": () => setOpen([]),
  turn: () => {
    state.leftRight = !state.leftRight;
    draw();
    begin();
  },
  theme: () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  },
};
for (const [id, action] of Object.entries(ACTIONS)) document.getElementById(id)?.addEventListener("click", action);
addEventListener("beforeprint", () => {
  svg.setAttribute("viewBox", `-10 -10 ${layout.width + 20} ${layout.height + 20}`);
  canvas.removeAttribute("transform");
});
addEventListener("afterprint", () => {
  svg.removeAttribute("viewBox");
  move();
});

if (deepest === 0) for (const id of ["open-all", "close-all"]) document.getElementById(id).hidden = true;
draw();
begin();
tell();
