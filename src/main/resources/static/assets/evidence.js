/* Sends files as soon as they are chosen, dropped, pasted or photographed; each by itself, so that one bad file stops no other. */

const ATTEMPTS = 3;

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
    request.setRequestHeader("X-CSRF-TOKEN", place.dataset.token);
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

/** What is held by now, and what is lacking; what could not be sent stays to be read, and the chosen measure chosen. */
const refresh = async list => {
  const answer = await fetch(list.dataset.at, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#evidence-list");
  if (!fresh) {
    return;
  }
  const measure = list.querySelector("#evidence-measure").value;
  const unsent = list.querySelectorAll(".evidence-progress .form-problem");
  list.replaceWith(fresh);
  const place = fresh.querySelector(".evidence-upload");
  if (place) {
    place.querySelector("#evidence-measure").value = measure;
    place.querySelector(".evidence-progress").append(...unsent);
  }
};

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
  if (results.some(Boolean)) {
    await refresh(place.closest("#evidence-list"));
    document.dispatchEvent(new CustomEvent("guiling:evidence"));
  }
};

const LATER = 6000;

/** Asks again for a small picture that is being made, and shows it when it is there. */
const askAgain = (sign, picture, left) => {
  if (left > 0) {
    setTimeout(() => {
      const again = picture.cloneNode();
      again.loading = "eager";
      again.addEventListener("load", () => sign.replaceWith(again));
      again.addEventListener("error", () => askAgain(sign, picture, left - 1));
    }, LATER);
  }
};

/** Where there is no small picture, yet or ever, stands the sign of the file's kind. */
const showSign = picture => {
  const sign = document.createElement("span");
  sign.className = "evidence-sign";
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = picture.dataset.extension;
  picture.replaceWith(sign);
  askAgain(sign, picture, ATTEMPTS);
};

const placeOf = target => target.closest?.(".evidence-upload");

/**
 * Takes the files that are given to a page, or to a shadow root in Tasklist.
 *
 * @param signal an AbortSignal that ends it; a page needs none
 */
export const serve = (root, signal) => {
  /* What failed before this script was there says so by having no size. */
  root.querySelectorAll(".evidence-picture").forEach(picture => picture.complete && !picture.naturalWidth && picture.currentSrc && showSign(picture));
  root.addEventListener("error", event => event.target.isConnected && event.target.classList?.contains("evidence-picture") && showSign(event.target), true);
  root.addEventListener("change", event => {
    if (event.target.id === "evidence-files") {
      sendAll(placeOf(event.target), [...event.target.files]);
    }
  });
  root.addEventListener("dragover", event => placeOf(event.target) && event.preventDefault());
  root.addEventListener("drop", event => {
    const place = placeOf(event.target);
    if (place) {
      event.preventDefault();
      sendAll(place, [...event.dataTransfer.files]);
    }
  });
  root.addEventListener("keydown", event => {
    if (event.target.classList?.contains("evidence-drop") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.target.querySelector("input").click();
    }
  });
  /* Wherever the cursor is. */
  document.addEventListener("paste", event => {
    const place = root.querySelector(".evidence-upload");
    const files = [...(event.clipboardData?.files ?? [])];
    if (place && files.length) {
      event.preventDefault();
      sendAll(place, files);
    }
  }, { signal });
};

serve(document);
