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
  const forget = async () => {
    const workers = await navigator.serviceWorker?.getRegistrations() ?? [];
    workers.forEach(worker => worker.active?.postMessage("forget"));
    await Promise.all(workers.map(worker => worker.unregister()));
    const kept = "caches" in window ? await caches.keys() : [];
    await Promise.all(kept.map(name => caches.delete(name)));
    Object.keys(localStorage).filter(key => key.startsWith("guiling ")).forEach(key => localStorage.removeItem(key));
  };
  if (document.body.dataset.kept === "pages") {
    navigator.serviceWorker?.register(new URL("../sw.js", document.currentScript.src)).catch(() => {
      /* Not allowed here, as in a private window: then pages need a connection. */
    });
  } else if (document.body.dataset.kept === "nothing") {
    forget().catch(() => {
      /* No storage: nothing is kept. */
    });
  }
  /* Whoever goes back finds the key with which the page was sent, and comes to what the first time led to. */
  const keys = document.querySelectorAll("input[name=_once]");
  if (keys.length) {
    const before = history.state?.once;
    if (before) {
      keys.forEach(key => { key.value = before; });
    } else {
      history.replaceState({ ...history.state, once: keys[0].value }, "");
    }
  }
  try {
    const sent = localStorage.getItem("guiling sent");
    if (sent && document.querySelector(".alert-success, .sent-before")) {
      localStorage.removeItem(sent);
    }
    localStorage.removeItem("guiling sent");
  } catch {
    /* No storage, no drafts. */
  }
})();
