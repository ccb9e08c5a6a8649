/* Sends files as soon as they are chosen, dropped, pasted or photographed; each by itself, so that one bad file stops no other. */
(() => {
  "use strict";
  const ATTEMPTS = 3;
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";

  const refresh = list => window.htmx.ajax("GET", list.dataset.at, { source: list, target: list, select: "#evidence-list", swap: "outerHTML" });

  const send = (place, file, line) => new Promise(resolve => {
    const bar = line.querySelector("progress");
    const words = line.querySelector(".evidence-words");
    const body = new FormData();
    body.append("file", file, file.name || "photo.jpg");
    body.append("measure", place.querySelector("#evidence-measure").value);
    body.append("note", place.querySelector("#evidence-note").value);
    const attempt = left => {
      const request = new XMLHttpRequest();
      request.open("POST", place.dataset.uploadTo);
      request.setRequestHeader("X-CSRF-TOKEN", token);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", event => { bar.max = event.total; bar.value = event.loaded; });
      request.addEventListener("load", () => {
        const fine = request.status === 200 || request.status === 201;
        let problem = "";
        try {
          const answer = JSON.parse(request.responseText);
          problem = answer.errors?.map(error => error.message).join(" ") || answer.detail || "";
        } catch {
          problem = place.dataset.broken;
        }
        bar.remove();
        words.textContent = fine ? place.dataset.uploaded : problem || place.dataset.broken;
        line.classList.toggle("form-problem", !fine);
        resolve(fine);
      });
      /* The server stores nothing twice, so that what broke off is simply sent again. */
      request.addEventListener("error", () => {
        if (left > 1) {
          words.textContent = place.dataset.again;
          setTimeout(() => attempt(left - 1), 2000);
        } else {
          words.textContent = place.dataset.broken;
          line.classList.add("form-problem");
          resolve(false);
        }
      });
      request.send(body);
    };
    attempt(ATTEMPTS);
  });

  const sendAll = async (place, files) => {
    const progress = place.querySelector(".evidence-progress");
    const results = [];
    for (const file of files) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = (file.name || "photo.jpg") + " ";
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", file.name);
      const words = document.createElement("span");
      words.className = "evidence-words";
      line.append(name, bar, words);
      progress.append(line);
      results.push(await send(place, file, line));
    }
    if (results.length && results.every(Boolean)) {
      refresh(place.closest("#evidence-list"));
    }
  };

  const placeOf = target => target.closest?.(".evidence-upload");
  document.addEventListener("change", event => {
    if (event.target.id === "evidence-files") {
      sendAll(placeOf(event.target), [...event.target.files]);
    }
  });
  document.addEventListener("dragover", event => placeOf(event.target) && event.preventDefault());
  document.addEventListener("drop", event => {
    const place = placeOf(event.target);
    if (place) {
      event.preventDefault();
      sendAll(place, [...event.dataTransfer.files]);
    }
  });
  document.addEventListener("paste", event => {
    const place = document.querySelector(".evidence-upload");
    const files = [...(event.clipboardData?.files ?? [])];
    if (place && files.length) {
      event.preventDefault();
      sendAll(place, files);
    }
  });
  document.addEventListener("keydown", event => {
    if (event.target.classList?.contains("evidence-drop") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.target.querySelector("input").click();
    }
  });
})();
