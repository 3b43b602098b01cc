// Reading values off curves: by hovering, by touching, by the arrow keys; all panels show the same epoch.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

function panelOf(figure) {
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
}

function startPanels() {
  for (const template of document.querySelectorAll("template.other-scale")) {
    const other = template.content.firstElementChild;
    other.hidden = true;
    template.replaceWith(other);
  }
  const panels = [...document.querySelectorAll("figure[data-panel]")].map(panelOf);
  let place = panels.length ? Number(panels[0].figure.dataset.shown) : 0;

  function show(where, isCursorShown) {
    place = where;
    for (const { seen, cursor, dots, values } of panels) {
      const row = Math.min(where, seen.x.length - 1);
      const x = seen.x[row];
      cursor.style.display = isCursorShown ? "" : "none";
      cursor.firstElementChild.setAttribute("x1", x);
      cursor.firstElementChild.setAttribute("x2", x);
      values[0].textContent = seen.epochs[row];
      seen.lines.forEach((line, number) => {
        values[number + 1].textContent = line.texts[row];
        const y = line.y[row];
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
  startScales();
}

// A button that draws every loss on its other scale: logarithmic where it is not, and back.
function startScales() {
  const figures = [...document.querySelectorAll(".scales figure")];
  const legend = document.querySelector(".legend");
  if (!figures.length || !legend) return;
  const button = document.createElement("button");
  button.type = "button";
  const isLogarithmic = (figure) => figure.dataset.scale === "logarithmic";
  const choose = (logarithmic) => {
    figures.forEach((figure) => (figure.hidden = isLogarithmic(figure) !== logarithmic));
    button.setAttribute("aria-pressed", logarithmic);
    button.textContent = logarithmic ? "Linear losses" : "Logarithmic losses";
    document.documentElement.dataset.scale = logarithmic ? "logarithmic" : "linear";
  };
  const kept = document.documentElement.dataset.scale;
  choose(kept ? kept === "logarithmic" : figures.some((figure) => !figure.hidden && isLogarithmic(figure)));
  button.addEventListener("click", () => choose(button.getAttribute("aria-pressed") === "false"));
  legend.append(button);
}
