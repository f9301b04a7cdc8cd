// Staff keys: [data-jb-key="a"] is pressed by A. Off while typing and where the page does not turn them on.
(() => {
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const press = (element) => (element.matches("input:not([type=checkbox]), textarea") ? element.focus() : element.click());

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const element = document.querySelector(`[data-jb-key="${CSS.escape(key)}"]`);
    if (!element) return;
    event.preventDefault();
    press(element);
  });
})();
