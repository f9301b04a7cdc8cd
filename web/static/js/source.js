// A value in focus has its source marked in the text beside it, and scrolled into that text's own box.
(() => {
  const box = document.querySelector(".jb-source");
  if (!box) return;
  const show = (row) => {
    box.querySelectorAll(".jb-src-on").forEach((piece) => piece.classList.remove("jb-src-on"));
    const pieces = box.querySelectorAll(`[data-jb-rows~="${CSS.escape(row)}"]`);
    pieces.forEach((piece) => piece.classList.add("jb-src-on"));
    if (!pieces.length || getComputedStyle(box).position !== "sticky") return;
    box.scrollTop += pieces[0].getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-jb-source]");
    if (row) show(row.dataset.jbSource);
  });
})();
