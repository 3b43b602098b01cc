// Tables whose columns sort: a click on a heading, and another one for the other way round.
"use strict";

const NUMBER = /^[+-]?(\d[\d,]*)?\.?\d+(e[+-]?\d+)?$/i;

// Cells say themselves what they are sorted by where it is not their text. What is missing comes last both ways.
function sortedBy(rows, column, sign) {
  const text = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const known = rows.filter((row) => !["", "–"].includes(text(row)));
  const number = (row) => Number(text(row).replaceAll(",", ""));
  const compared = known.every((row) => NUMBER.test(text(row)))
    ? (one, other) => number(one) - number(other)
    : (one, other) => text(one).localeCompare(text(other), undefined, { numeric: true });
  known.sort((one, other) => sign * compared(one, other));
  return [...known, ...rows.filter((row) => !known.includes(row))];
}

function startTables() {
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
}
