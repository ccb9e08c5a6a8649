/* Hides what a form's conditions hide, keeps a draft on this device until the form is sent, and sends it once. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form.guided-form")) {
    const draftKey = "guiling draft " + form.dataset.draft;
    const inputs = () => [...form.elements].filter(element => element.name && !element.name.startsWith("_"));
    let asked = 0;

    /* Where Tab left from and led to, until something is done there. */
    let left = null;
    let reached = null;
    const applyHidden = hidden => {
      const appeared = [];
      for (const component of form.querySelectorAll("[id^='c-']")) {
        const before = component.hidden;
        component.hidden = hidden.includes(component.id.substring(2));
        if (before && !component.hidden) {
          appeared.push(component);
        }
      }
      visitAppeared(appeared);
    };
    /* What appears between the two is the next field: whoever goes by keyboard is led there. */
    const visitAppeared = appeared => {
      if (!left || !reached || document.activeElement !== reached) {
        return;
      }
      const next = appeared.flatMap(component => [...component.querySelectorAll("input, select, textarea")])
        .find(input => !input.closest("[hidden]")
          && left.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING
          && input.compareDocumentPosition(reached) & Node.DOCUMENT_POSITION_FOLLOWING);
      next?.focus();
    };
    form.addEventListener("keydown", event => {
      left = event.key === "Tab" && !event.shiftKey ? event.target : null;
      reached = null;
    });
    form.addEventListener("focusin", event => {
      if (left && event.target !== left) {
        reached = event.target;
      }
      uncover(event.target);
    });
    /* The bar at the foot stays in sight; what has the focus is never under it. */
    const foot = form.querySelector(".form-foot");
    const uncover = input => requestAnimationFrame(() => {
      if (!foot || foot.contains(input) || getComputedStyle(foot).position !== "sticky") {
        return;
      }
      const covered = input.getBoundingClientRect().bottom + 8 - foot.getBoundingClientRect().top;
      if (covered > 0) {
        window.scrollBy(0, covered);
      }
    });
    const askHidden = async () => {
      const mine = ++asked;
      form.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.dataset.hiddenAt, {
          method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }
        });
        if (answer.ok && mine === asked) {
          applyHidden((await answer.json()).hidden);
        }
      } catch {
        /* Nobody can say what to hide: all of it may be filled in, and the server drops what is hidden when it is sent. */
        applyHidden([]);
      }
      if (mine === asked) {
        form.removeAttribute("aria-busy");
      }
    };

    const read = () => {
      const values = {};
      for (const input of inputs()) {
        const several = input.type === "checkbox" || input.type === "radio";
        (values[input.name] ||= []).push(...(several && !input.checked ? [] : [input.value]));
      }
      return values;
    };
    const write = values => {
      for (const input of inputs()) {
        const given = values[input.name];
        if (given === undefined) {
          continue;
        }
        if (input.type === "checkbox" || input.type === "radio") {
          input.checked = given.includes(input.value);
        } else {
          input.value = given[0] ?? "";
        }
      }
    };
    const storage = action => {
      if (document.body.dataset.kept === "nothing") {
        return null;
      }
      try {
        return action(window.localStorage);
      } catch {
        return null; /* No room, or not allowed: there is no draft then. */
      }
    };
    const keep = () => storage(local => local.setItem(draftKey, JSON.stringify(read())));
    const drop = () => storage(local => local.removeItem(draftKey));

    const opened = JSON.stringify(read());
    const draft = form.querySelector(".form-problem, .alert-danger") ? null : storage(local => local.getItem(draftKey));
    if (draft && draft !== opened) {
      write(JSON.parse(draft));
      const note = document.createElement("div");
      note.className = "alert alert-info draft-restored";
      note.setAttribute("role", "status");
      note.textContent = form.dataset.draftRestored + " ";
      const forget = document.createElement("button");
      forget.type = "button";
      forget.className = "link-button";
      forget.textContent = form.dataset.draftDrop;
      forget.addEventListener("click", () => { drop(); location.reload(); });
      note.append(forget);
      form.before(note);
      askHidden();
    }

    /* An error goes when it is mended, and stays while it is not. */
    const isMended = input => input.checkValidity()
      && (input.type === "checkbox" || input.type === "radio" ? input.checked : input.value.trim() !== "");
    const clearProblem = input => {
      const component = input.closest?.(".form-field");
      if (component?.querySelector(".form-problem") && isMended(input)) {
        component.querySelectorAll(".form-problem").forEach(problem => problem.remove());
        component.querySelectorAll(".is-invalid").forEach(invalid => invalid.classList.remove("is-invalid"));
        component.querySelectorAll("[aria-invalid]").forEach(invalid => invalid.removeAttribute("aria-invalid"));
      }
    };
    /* What is still missing for zero follows what is entered; what the record knows is asked anew after an upload. */
    const missing = () => document.querySelector(".open-points[data-live]");
    const tickMissing = () => {
      const lines = [...missing()?.querySelectorAll("li[data-field]") ?? []];
      for (const line of lines) {
        const given = inputs().filter(input => input.name === line.dataset.field);
        line.classList.toggle("point-given", given.some(input =>
          input.type === "checkbox" || input.type === "radio" ? input.checked : input.value.trim() !== ""));
      }
    };
    document.addEventListener("click", event => {
      const link = event.target.closest?.(".open-points a[data-to-field]");
      const input = link && inputs().find(candidate => candidate.name === link.dataset.toField);
      if (input) {
        event.preventDefault();
        input.focus();
      }
    });
    document.addEventListener("guiling:evidence", async () => {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".open-points[data-live]");
      if (missing() && answer.ok) {
        fresh ? missing().replaceWith(fresh) : missing().remove();
        tickMissing();
      }
    });

    let typing = 0;
    form.addEventListener("input", event => {
      keep();
      clearProblem(event.target);
      tickMissing();
      /* While it is typed, so that what appears is there before Tab is pressed. */
      clearTimeout(typing);
      typing = setTimeout(askHidden, 400);
    });
    form.addEventListener("change", event => { clearTimeout(typing); keep(); clearProblem(event.target); tickMissing(); askHidden(); });
    tickMissing();
    form.addEventListener("submit", () => {
      for (const input of inputs()) {
        input.disabled = input.closest("[id^='c-'][hidden]") !== null;
      }
      const button = form.querySelector("button[type=submit]");
      button.disabled = true;
      button.textContent = form.dataset.sending;
      /* The answer is a page without problems, or the form again with everything in it. */
      storage(local => local.setItem("guiling sent", draftKey));
    });
    /* A page that comes back from the browser's memory is as it was when it was sent. */
    window.addEventListener("pageshow", event => {
      if (event.persisted) {
        location.reload();
      }
    });
    const problem = form.querySelector(".is-invalid, .form-problem, .alert-danger");
    if (problem) {
      (problem.matches(".is-invalid") ? problem : problem.parentElement).scrollIntoView({ block: "center" });
      problem.focus?.({ preventScroll: true });
    }
  }
})();
