// Opening an opinion or a reason puts the cursor into it.
(() => {
  document.querySelectorAll(".jb-opinion, .jb-reason").forEach((box) => {
    box.addEventListener("toggle", () => box.open && box.querySelector("textarea").focus());
  });
})();
