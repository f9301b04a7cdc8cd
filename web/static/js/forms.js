// Character counters, rows that are added and removed, fields shown by a choice.
(() => {
  const count = (field) => {
    const output = document.getElementById(field.dataset.jbCount);
    const length = [...field.value.replace(/\r\n/g, "\n")].length;
    output.textContent = output.dataset.text.replace("{n}", length.toLocaleString()).replace("{max}", output.dataset.max);
    output.toggleAttribute("data-over", length > Number(output.dataset.max));
  };

  // Rows are named <prefix>-<number>-<field>; a new row is a copy of the <template>, numbered after the last.
  const addRow = (button) => {
    const rows = document.getElementById(button.dataset.jbAddRow);
    const template = rows.querySelector("template");
    const numbers = [...rows.querySelectorAll("[data-jb-row]")].map((row) => Number(row.dataset.jbRow));
    const limit = Number(rows.dataset.max || 0);
    const next = Math.max(-1, ...numbers) + 1;
    if (limit && numbers.length >= limit) return announce(rows.dataset.full);
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__n__", next).replaceAll("__no__", numbers.length + 1);
    const row = holder.firstElementChild;
    rows.insertBefore(row, template);
    row.querySelector("input, select, textarea").focus();
  };

  const removeRow = (button) => {
    const row = button.closest("[data-jb-row]");
    const rows = row.parentElement;
    const near = row.nextElementSibling?.matches("[data-jb-row]") ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    (near?.querySelector("input") || rows.querySelector("input"))?.focus();
    announce(button.dataset.done);
  };

  const announce = (text) => {
    const live = document.getElementById("jb-live");
    if (live && text) live.textContent = text;
  };

  // <input data-jb-clears="id id">: checked, it empties those fields (先不写数，见面再谈).
  const clear = (box) => box.checked && box.dataset.jbClears.split(" ").forEach((id) => { document.getElementById(id).value = ""; });

  document.addEventListener("input", (event) => {
    if (event.target.dataset.jbCount) count(event.target);
    if (event.target.dataset.jbClears) clear(event.target);
  });
  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-jb-add-row]");
    const remove = event.target.closest("[data-jb-remove-row]");
    const fill = event.target.closest("[data-jb-fill]");
    if (add) { event.preventDefault(); addRow(add); }
    if (remove) { event.preventDefault(); removeRow(remove); }
    if (fill) {
      const field = document.getElementById(fill.dataset.jbFill);
      field.value = fill.dataset.value || fill.textContent.trim();
      field.focus();
    }
  });
  document.querySelectorAll("[data-jb-count]").forEach(count);
})();
