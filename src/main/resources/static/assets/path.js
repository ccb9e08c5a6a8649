/* A long diagram begins where the item is. */

/** For the diagrams of a page, or of a shadow root in Tasklist. */
export const serve = root => {
  const here = root.querySelector(".path g.shape-here:not(.shape-frame), .path .shape-here");
  const frame = here?.closest(".path-scroll");
  if (frame) {
    frame.scrollLeft += here.getBoundingClientRect().left - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  }
};

document.addEventListener("htmx:afterSettle", () => serve(document));
serve(document);
