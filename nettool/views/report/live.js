// The report of a run that goes on: whenever nettool has drawn it anew, it takes the place of the one before.
"use strict";

const SECONDS_BETWEEN = 1;
const MOST_FAILURES = 4;
const note = document.querySelector("#live");
const LIVE = note.textContent;
let number = Number(note.dataset.number);
let failures = 0;

function say(words, isEnd) {
  if (note.textContent !== words) note.textContent = words;
  note.classList.toggle("over", isEnd);
}

function foldsOf(part) {
  return [...part.querySelectorAll("details")];
}

// What the reader unfolded stays so, and the page does not jump.
async function showNewest() {
  const answer = await fetch("./");
  if (!answer.ok) throw new Error("no report");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main");
  const before = document.querySelector("main");
  const open = new Set(foldsOf(before).filter((fold) => fold.open).map((fold) => fold.textContent.split("\n")[0]));
  foldsOf(next).forEach((fold) => (fold.open = open.has(fold.textContent.split("\n")[0])));
  const { scrollX, scrollY } = window;
  before.replaceWith(document.adoptNode(next));
  startPage();
  window.scrollTo(scrollX, scrollY);
  number = Number(page.querySelector("#live").dataset.number);
}

async function follow() {
  try {
    const state = await (await fetch("state")).json();
    failures = 0;
    if (state.number !== number) await showNewest();
    if (state.is_over) {
      await fetch("end");
      say("The run has ended: this is its whole report. The page is no longer updated.", true);
      return;
    }
    say(LIVE, false);
  } catch {
    failures += 1;
    if (failures >= MOST_FAILURES) {
      say("nettool no longer answers: it has ended. The page shows what was known before.", true);
      return;
    }
  }
  setTimeout(follow, 1000 * SECONDS_BETWEEN);
}

follow();
