// A button beside every command and text that somebody may want to have elsewhere.
"use strict";

function isCopiedByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "aside";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return isCopiedByHand(text);
  }
}

function startCopying() {
  for (const source of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${source.dataset.copy}`);
    button.addEventListener("click", async () => {
      const done = await isCopied(source.textContent);
      button.textContent = done ? "Copied" : "Select it and press Ctrl+C";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    source.after(button);
  }
}
