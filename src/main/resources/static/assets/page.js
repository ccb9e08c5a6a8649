/* What every page of the portal may need: print, and drafts that were sent are no longer drafts. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  try {
    const sent = localStorage.getItem("guiling sent");
    if (sent && document.querySelector(".alert-success")) {
      localStorage.removeItem(sent);
    }
    localStorage.removeItem("guiling sent");
  } catch {
    /* No storage, no drafts. */
  }
})();
