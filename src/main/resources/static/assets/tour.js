/* The tour of the portal: one hint after the other, beside what it is about. What the reader does not have is left out. */
(() => {
  "use strict";
  const offer = document.querySelector("[data-tour]");
  if (!offer) {
    return;
  }
  const steps = [...offer.querySelectorAll("[data-tour-at]")]
    .map((step) => ({ text: step.textContent, anchor: document.querySelector(step.dataset.tourAt) }))
    .filter((step) => step.anchor);
  const words = offer.dataset;
  const hint = document.createElement("div");
  let now = 0;
  let before = null;

  const end = () => {
    mark(null);
    hint.remove();
    offer.hidden = true;
    document.removeEventListener("keydown", onKey);
    const token = document.querySelector("meta[name=csrf-token]")?.content;
    fetch(words.tourEnd, { method: "POST", headers: { "X-CSRF-TOKEN": token } }).catch(() => {
      /* Offered again next time: nothing is lost. */
    });
    before?.focus();
  };
  const mark = (anchor) => {
    document.querySelector(".tour-mark")?.classList.remove("tour-mark");
    anchor?.classList.add("tour-mark");
  };
  const button = (text, look, work) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm " + look;
    made.textContent = text;
    made.addEventListener("click", work);
    return made;
  };
  const show = (index) => {
    now = index;
    const step = steps[now];
    mark(step.anchor);
    /* At once: the hint is placed by where it is now. */
    step.anchor.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const count = document.createElement("span");
    count.className = "text-secondary";
    count.textContent = `${now + 1} / ${steps.length}`;
    const text = document.createElement("p");
    text.id = "tour-text";
    text.textContent = step.text;
    const buttons = document.createElement("div");
    buttons.className = "tour-buttons";
    const last = now === steps.length - 1;
    const on = button(last ? words.tourDone : words.tourNext, "btn-primary", () => (last ? end() : show(now + 1)));
    buttons.append(count);
    if (now > 0) {
      buttons.append(button(words.tourBack, "", () => show(now - 1)));
    }
    if (!last) {
      buttons.append(button(words.tourSkip, "", end));
    }
    buttons.append(on);
    hint.replaceChildren(text, buttons);
    place(step.anchor);
    on.focus({ preventScroll: true });
  };
  /* Below what it is about, or above where there is no room. */
  const place = (anchor) => {
    const at = anchor.getBoundingClientRect();
    const below = at.bottom + hint.offsetHeight + 16 < window.innerHeight;
    const within = (wanted, room) => Math.max(8, Math.min(wanted, room - 8));
    const top = below ? at.bottom + 8 : at.top - hint.offsetHeight - 8;
    hint.style.top = `${within(top, window.innerHeight - hint.offsetHeight)}px`;
    hint.style.left = `${within(at.left, document.documentElement.clientWidth - hint.offsetWidth)}px`;
  };
  const onKey = (event) => {
    if (event.key === "Escape") {
      end();
    }
  };
  const begin = () => {
    before = document.activeElement;
    hint.className = "tour-hint card";
    hint.setAttribute("role", "dialog");
    hint.setAttribute("aria-label", words.tour);
    hint.setAttribute("aria-describedby", "tour-text");
    document.body.append(hint);
    document.addEventListener("keydown", onKey);
    window.addEventListener("resize", () => hint.isConnected && place(steps[now].anchor));
    show(0);
  };
  offer.querySelector("[data-tour-begin]").addEventListener("click", begin);
  offer.querySelector("[data-tour-skip]").addEventListener("click", end);
  offer.hidden = steps.length === 0;
})();
