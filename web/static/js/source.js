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
  // Words selected in the text go into the open form for a missed item, with their place: characters, not UTF-16 units.
  const form = document.querySelector("[data-jb-add]"), text = box.querySelector(".jb-source-text");
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!form || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    form.elements.quote.value = range.toString();
    form.elements.start.value = Array.from(before.toString()).length;
  });
})();
