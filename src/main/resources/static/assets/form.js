/* Hides what a form's conditions hide, keeps a draft on this device until the form is sent, and sends it once. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form.guided-form")) {
    const draftKey = "guiling draft " + form.dataset.draft;
    const inputs = () => [...form.elements].filter(element => element.name && !element.name.startsWith("_"));
    let asked = 0;

    const applyHidden = hidden => {
      for (const component of form.querySelectorAll("[id^='c-']")) {
        component.hidden = hidden.includes(component.id.substring(2));
      }
    };
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

    form.addEventListener("input", keep);
    form.addEventListener("change", () => { keep(); askHidden(); });
    form.addEventListener("submit", () => {
      const button = form.querySelector("button[type=submit]");
      button.disabled = true;
      button.textContent = form.dataset.sending;
      /* The answer is a page without problems, or the form again with everything in it. */
      storage(local => local.setItem("guiling sent", draftKey));
    });
    const problem = form.querySelector(".is-invalid, .form-problem, .alert-danger");
    if (problem) {
      (problem.matches(".is-invalid") ? problem : problem.parentElement).scrollIntoView({ block: "center" });
      problem.focus?.({ preventScroll: true });
    }
  }
})();
