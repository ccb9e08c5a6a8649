/* What every page of the portal may need: print, and drafts that were sent are no longer drafts. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  /* What was opened before can be read and filled in without a connection. */
  const offline = document.querySelector(".site-offline");
  const showConnection = () => {
    offline.hidden = navigator.onLine;
  };
  if (offline) {
    window.addEventListener("online", showConnection);
    window.addEventListener("offline", showConnection);
    showConnection();
  }
  navigator.serviceWorker?.register(new URL("../sw.js", document.currentScript.src)).catch(() => {
    /* Not allowed here, as in a private window: then pages need a connection. */
  });
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
