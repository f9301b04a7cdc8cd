// What is wrong with the page as it stands at this width, as sentences. Runs inside the page.
() => {
  const problems = [];
  const say = (text) => problems.push(text);
  const name = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ${element.textContent.trim().slice(0, 30)}`;
  const everything = [...document.body.querySelectorAll("*")];
  const forReadersOnly = everything.filter((element) => getComputedStyle(element).clipPath === "inset(50%)" || element.matches(".visually-hidden"));
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !forReadersOnly.some((hidden) => hidden.contains(element));
  const root = document.documentElement;

  const headings = [...document.querySelectorAll("h1")].filter(shown);
  if (headings.length !== 1) say(`${headings.length} h1`);
  if (!/^\S.* · \S+$/.test(document.title)) say(`title: ${document.title}`);
  if (!["zh-CN", "en"].includes(root.lang)) say(`lang: ${root.lang}`);

  if (root.scrollWidth > root.clientWidth) {
    const wide = everything.filter((element) =>
      shown(element) && element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest("[role=region][tabindex]"));
    say(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px: ${wide.slice(-1).map(name)}`);
  }

  // One character a row: a block that holds words of its own in a column narrower than one and a half characters.
  const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.textContent).join("").replace(/\s/g, "");
  for (const element of everything) {
    if (ownText(element).length <= 3 || !shown(element)) continue;
    const style = getComputedStyle(element);
    const em = parseFloat(style.fontSize);
    const rows = new Set([...element.getClientRects()].map((box) => Math.round(box.top))).size;
    const width = style.display === "inline"
      ? Math.max(...[...element.getClientRects()].map((box) => box.width))
      : element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const tall = style.display === "inline" ? rows > 2 : element.getBoundingClientRect().height > 2.5 * em;
    if (tall && width < 1.5 * em) say(`one character a row: ${name(element)}`);
    if (style.overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1) say(`cut off: ${name(element)}`);
  }

  // What has the focus shows it, and no bar that stays in place lies over it.
  const bars = everything.filter((element) =>
    ["fixed", "sticky"].includes(getComputedStyle(element).position) && shown(element));
  const ringed = (element) => element !== null && (getComputedStyle(element).outlineStyle !== "none" || ringed(element.parentElement));
  root.style.scrollBehavior = "auto";
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    element.focus();
    if (document.activeElement !== element) continue;
    if (!ringed(element)) say(`no ring around the focused ${name(element)}`);
    if (bars.some((bar) => bar.contains(element))) continue;
    const box = element.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + Math.min(box.width, root.clientWidth) / 2, box.top + Math.min(box.height, 40) / 2);
    if (over && bars.some((bar) => bar.contains(over))) say(`a fixed bar covers the focused ${name(element)}`);
  }
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  root.style.scrollBehavior = "";
  return problems;
}
