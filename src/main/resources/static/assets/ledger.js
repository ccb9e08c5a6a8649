/* The ledger: a whole page is chosen at once, and columns are moved. What the list brings anew is heard as well. */
(() => {
  "use strict";
  const arrow = (list, line, way, sign) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-icon";
    button.dataset.move = way;
    button.textContent = sign;
    button.setAttribute("aria-label", list.dataset[way].replace("{0}", line.textContent.trim()));
    return button;
  };
  const prepare = () => {
    for (const all of document.querySelectorAll("[data-all]")) {
      all.hidden = false;
    }
    for (const list of document.querySelectorAll(".column-list")) {
      if (!list.querySelector("[data-move]")) {
        list.querySelectorAll("li").forEach((line) => line.append(arrow(list, line, "up", "↑"), arrow(list, line, "down", "↓")));
      }
    }
  };
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-all]");
    const form = event.target.closest("#ledger-selection");
    if (!form) {
      return;
    }
    const boxes = [...form.querySelectorAll("input[name=selected]")];
    if (all) {
      boxes.forEach((box) => { box.checked = event.target.checked; });
    } else {
      form.querySelector("[data-all] input").checked = boxes.every((box) => box.checked);
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) {
      return;
    }
    const line = button.closest("li");
    if (button.dataset.move === "up") {
      line.previousElementSibling?.before(line);
    } else {
      line.nextElementSibling?.after(line);
    }
    button.focus();
  });
  document.addEventListener("htmx:afterSettle", prepare);
  /* A condition that is wrong is told where the list was. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 400) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  prepare();
})();
