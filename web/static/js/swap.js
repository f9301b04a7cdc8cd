// htmx: no eval, no injected styles, errors shown in place, focus moved to what was swapped in.
(() => {
  Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, allowScriptTags: false, selfRequestsOnly: true,
                               historyCacheSize: 0, refreshOnHistoryMiss: true, timeout: 20000,
                               responseHandling: [{ code: "204", swap: false }, { code: "[23]..", swap: true },
                                                  { code: "422", swap: true }, { code: "...", swap: false, error: true }] });

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const heading = event.target.querySelector?.("[data-jb-focus]");
    if (heading) heading.focus({ preventScroll: true });
  });
  const failed = () => {
    const box = document.getElementById("jb-failed");
    if (!box) return;
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
  };
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed));
  document.addEventListener("htmx:beforeRequest", () => {
    const box = document.getElementById("jb-failed");
    if (box) box.hidden = true;
  });
})();
