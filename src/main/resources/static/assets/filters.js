/*
 * Filters of a list come back as they were left, and pages of a filtered list keep what was chosen. The words of a search may
 * be somebody's name and are not left behind.
 */
(() => {
  "use strict";
  if (document.body.dataset.kept === "nothing") {
    return;
  }
  for (const form of document.querySelectorAll("form[data-remember]")) {
    const key = "guiling filter " + form.dataset.remember;
    const query = () => {
      const chosen = new URLSearchParams(new FormData(form));
      ["text", "_csrf", "_once"].forEach((name) => chosen.delete(name));
      [...chosen].filter(([, value]) => !value || value === "ALL" || value === "ANY").forEach(([name]) => chosen.delete(name));
      return chosen.toString();
    };
    try {
      const remembered = localStorage.getItem(key);
      /* A message that is told once is not left behind. */
      if (!location.search && remembered && !document.querySelector(".alert:not([hidden])")) {
        location.replace(location.pathname + "?" + remembered);
      } else if (location.search) {
        localStorage.setItem(key, query());
      }
      form.addEventListener("change", () => localStorage.setItem(key, query()));
      form.addEventListener("input", () => localStorage.setItem(key, query()));
    } catch {
      /* No storage: nothing is remembered. */
    }
  }
})();
