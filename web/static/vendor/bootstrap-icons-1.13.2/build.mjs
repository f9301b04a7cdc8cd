// Rebuilds icons.svg: one <symbol> an icon, only the icons the templates name.
// In an empty folder: npm install bootstrap-icons@1.13.2; node <this file> <folder>/node_modules > icons.svg
import { readFileSync } from "node:fs";

const names = `arrow-clockwise arrow-left arrow-return-left arrow-right bell broadcast calendar-event check check-circle
  check-circle-fill check-lg circle clock cloud-check dash-lg download exclamation-circle-fill
  exclamation-triangle eye file-earmark-plus file-earmark-text file-text funnel hand-index-thumb
  hourglass-split info-circle list lock megaphone patch-check pencil people person person-badge plus-lg
  printer question-lg search shield-check sliders trash upload x-circle x-lg zoom-in zoom-out`.trim().split(/\s+/);

const folder = process.argv[2] + "/bootstrap-icons/icons/";
const symbols = names.sort().map((name) => {
  const body = readFileSync(folder + name + ".svg", "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${body.replace(/\s+/g, " ").trim()}</symbol>`;
});
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Bootstrap Icons 1.13.2, MIT: see LICENSE -->\n${symbols.join("\n")}\n</svg>\n`);
