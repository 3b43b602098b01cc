// What moves on a report: reading values off the curves, and sorting the table of classes.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const panels = [...document.querySelectorAll("figure[data-panel]")].map((figure) => {
  const seen = JSON.parse(figure.dataset.panel);
  const svg = figure.querySelector("svg");
  const cursor = svg.querySelector(".cursor");
  // The page reads values off itself from here on; the browser's own titles would stand in front of it.
  svg.querySelectorAll(".column").forEach((column) => column.remove());
  const dots = seen.lines.map((line) => {
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("class", line.kind);
    dot.setAttribute("r", 4.5);
    cursor.append(dot);
    return dot;
  });
  return { figure, seen, svg, cursor, dots, values: [...figure.querySelectorAll(".reading b")] };
});

let place = panels.length ? Number(panels[0].figure.dataset.shown) : 0;

function show(where, isCursorShown) {
  place = where;
  for (const { seen, cursor, dots, values } of panels) {
    const x = seen.x[where];
    cursor.style.display = isCursorShown ? "" : "none";
    cursor.firstElementChild.setAttribute("x1", x);
    cursor.firstElementChild.setAttribute("x2", x);
    values[0].textContent = seen.epochs[where];
    seen.lines.forEach((line, number) => {
      values[number + 1].textContent = line.texts[where];
      const y = line.y[where];
      dots[number].style.display = y === null ? "none" : "";
      dots[number].setAttribute("cx", x);
      dots[number].setAttribute("cy", y ?? 0);
    });
  }
}

for (const { figure, seen, svg } of panels) {
  const first = Number(figure.dataset.shown);
  const nearest = (event) => {
    const x = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
    const far = seen.x.map((each) => Math.abs(each - x));
    return far.indexOf(Math.min(...far));
  };
  svg.addEventListener("pointermove", (event) => show(nearest(event), true));
  svg.addEventListener("pointerdown", (event) => show(nearest(event), true));
  svg.addEventListener("pointerleave", () => show(first, false));
  svg.addEventListener("focus", () => svg.matches(":focus-visible") && show(place, true));
  svg.addEventListener("blur", () => show(first, false));
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      show(Math.min(Math.max(place + step, 0), seen.x.length - 1), true);
    }
  });
}

function sortedBy(rows, column, sign) {
  const value = (row) => row.cells[column].textContent;
  const number = (row) => Number.parseFloat(value(row).replaceAll(",", ""));
  const areNumbers = rows.some((row) => !Number.isNaN(number(row))) && column > 0;
  const compared = areNumbers
    ? (one, other) => (Number.isNaN(number(one)) ? -1 : number(one)) - (Number.isNaN(number(other)) ? -1 : number(other))
    : (one, other) => value(one).localeCompare(value(other), undefined, { numeric: true });
  return rows.sort((one, other) => sign * compared(one, other));
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isRising = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isRising ? "ascending" : "descending");
      table.tBodies[0].append(...sortedBy([...table.tBodies[0].rows], column, isRising ? 1 : -1));
    });
  });
}
