// The page of all runs: which of them are shown, by words, by status, and by values along the axes.
"use strict";

const facts = JSON.parse(document.querySelector("#facts").textContent);
const rows = [...document.querySelectorAll("tr[data-run]")];
const lines = new Map([...document.querySelectorAll("#lines .run")].map((line) => [line.dataset.run, line]));
const rowOf = new Map(rows.map((row) => [row.dataset.run, row]));
const lineTexts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const limits = facts.axes.map(() => [null, null]);
const choose = document.querySelector("#choose");

function made(tag, options = {}, ...children) {
  const element = Object.assign(document.createElement(tag), options);
  element.append(...children);
  return element;
}

// From a value to its share of the axis, and back.
function placeOf(axis, value) {
  const by = axis.isLogarithmic ? Math.log10 : Number;
  return (by(value) - by(axis.low)) / (by(axis.high) - by(axis.low));
}

function valueAt(axis, place) {
  if (!axis.isLogarithmic) return axis.low + place * (axis.high - axis.low);
  return axis.low * (axis.high / axis.low) ** place;
}

const find = made("input", { type: "search", placeholder: "name, status, setting …" });
const status = made("select", {}, made("option", { value: "", textContent: "all" }));
status.append(...facts.statuses.map((each) => made("option", { value: each, textContent: each })));
const count = made("output");
const reset = made("button", { type: "button", textContent: "Show all" });
choose.append(made("label", {}, "Find", find), made("label", {}, "Status", status), count, reset);

const fields = facts.axes.map((axis, number) => {
  if (axis.low === null) {
    const select = made("select", {}, made("option", { value: "", textContent: "all" }));
    select.append(...axis.marks.map(([text, place]) => made("option", { value: place, textContent: text })));
    select.addEventListener("change", () => {
      const place = select.value === "" ? null : Number(select.value);
      limits[number] = place === null ? [null, null] : [place - 1e-3, place + 1e-3];
      show();
    });
    return { box: made("label", {}, axis.name, select), write: () => (select.value = "") };
  }
  const [from, to] = ["from", "to"].map((word) =>
    made("input", { type: "number", step: "any", placeholder: word, ariaLabel: `${axis.name}, ${word}` }),
  );
  const read = () => {
    const ends = [from, to].map((input) => (input.value === "" ? null : placeOf(axis, Number(input.value))));
    // What is not above 0 has no place on a logarithmic axis: nothing is below it.
    limits[number] = ends.map((end) => (Number.isNaN(end) ? -Infinity : end));
    show();
  };
  from.addEventListener("input", read);
  to.addEventListener("input", read);
  const write = () => {
    const text = (place) => (place === null ? "" : Number(valueAt(axis, place).toPrecision(4)));
    [from.value, to.value] = limits[number].map(text);
  };
  return { box: made("fieldset", {}, made("legend", { textContent: axis.name }), from, to), write };
});
if (fields.length) {
  const boxes = made("div", { className: "limits" }, ...fields.map((field) => field.box));
  choose.append(made("details", {}, made("summary", { textContent: "Limit by value" }), boxes));
}

function isWithin(run) {
  return facts.axes.every((axis, number) => {
    const [low, high] = limits[number];
    if (low === null && high === null) return true;
    const place = axis.places[run];
    return place !== null && place >= (low ?? -Infinity) - 1e-7 && place <= (high ?? Infinity) + 1e-7;
  });
}

function show() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const isShown =
      words.every((word) => lineTexts.get(row).includes(word)) &&
      (status.value === "" || row.dataset.status === status.value) &&
      isWithin(Number(row.dataset.run));
    row.classList.toggle("out", !isShown);
    lines.get(row.dataset.run)?.classList.toggle("out", !isShown);
    shown += isShown;
  }
  count.textContent = `${shown} of ${rows.length} ${rows.length === 1 ? "run" : "runs"}`;
  reset.disabled = shown === rows.length;
  drawBrushes();
}

function near(run, isNear) {
  for (const element of [rowOf.get(run), lines.get(run)]) element?.classList.toggle("near", isNear);
}

for (const element of [...rows, ...lines.values()]) {
  const run = element.dataset.run;
  for (const [begin, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
    element.addEventListener(begin, () => near(run, true));
    element.addEventListener(end, () => near(run, false));
  }
}
for (const [run, line] of lines) {
  line.addEventListener("click", () => rowOf.get(run).scrollIntoView({ block: "center" }));
}

// Dragging along an axis chooses the runs between both ends; a click on it chooses all again.
function drawBrushes() {
  document.querySelectorAll("#lines .axis").forEach((group, number) => {
    const brush = group.querySelector(".brush");
    const handle = group.querySelector(".handle");
    const [top, height] = ["y", "height"].map((name) => Number(handle.getAttribute(name)));
    const [low, high] = limits[number];
    const isChosen = low !== null || high !== null;
    const within = (place) => Math.min(Math.max(place, 0), 1);
    const [below, above] = [within(low ?? 0), within(high ?? 1)];
    brush.setAttribute("y", top + (1 - above) * height);
    brush.setAttribute("height", isChosen ? Math.max((above - below) * height, 2) : 0);
  });
}

document.querySelectorAll("#lines .handle").forEach((handle, number) => {
  const axis = facts.axes[number];
  const svg = handle.ownerSVGElement;
  const placeAt = (event) => {
    const { y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const [top, height] = ["y", "height"].map((name) => Number(handle.getAttribute(name)));
    return Math.min(Math.max(1 - (y - top) / height, 0), 1);
  };
  let begun = null;
  handle.addEventListener("pointerdown", (event) => {
    begun = placeAt(event);
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    const now = placeAt(event);
    limits[number] = [Math.min(begun, now), Math.max(begun, now)];
    fields[number].write();
    show();
  });
  handle.addEventListener("pointerup", (event) => {
    if (begun !== null && Math.abs(placeAt(event) - begun) < 0.01) {
      limits[number] = [null, null];
      fields[number].write();
      show();
    }
    begun = null;
  });
});

find.addEventListener("input", show);
status.addEventListener("change", show);
reset.addEventListener("click", () => {
  find.value = status.value = "";
  limits.forEach((_, number) => (limits[number] = [null, null]));
  fields.forEach((field) => field.write());
  show();
});
startTables();
show();
