// Folding menus, busy buttons, focus on errors. Everything here has a plain-form fallback.
(() => {
  const fold = (button) => {
    const target = document.getElementById(button.getAttribute("aria-controls"));
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    target.toggleAttribute("data-open", open);
  };

  const busy = (form, submitter) => {
    if (form.dataset.busy !== undefined) return false;
    form.dataset.busy = "";
    const button = submitter || form.querySelector("button:not([type=button])");
    if (button && form.method === "post") {
      button.dataset.label = button.innerHTML;
      button.textContent = form.dataset.busyLabel || document.body.dataset.busyLabel;
      button.setAttribute("aria-busy", "true");
    }
    return true;
  };

  const rest = (form) => {
    delete form.dataset.busy;
    form.querySelectorAll("[aria-busy]").forEach((button) => {
      button.innerHTML = button.dataset.label;
      button.removeAttribute("aria-busy");
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-jb-fold]");
    if (button) fold(button);
    if (event.target.closest("[data-jb-print]")) window.print();
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.hasAttribute("data-jb-many")) return;
    if (!busy(event.target, event.submitter)) event.preventDefault();
  });
  // A page kept by the browser's back button must not stay busy.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(rest));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) rest(form);
  });

  const summary = document.querySelector("[data-jb-summary]");
  if (summary) summary.focus();
})();
