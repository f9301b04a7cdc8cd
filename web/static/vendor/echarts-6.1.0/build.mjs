// Rebuilds echarts.min.js: only what our charts use. zrender 6 styles through
// the CSSOM, so it works under a style-src without 'unsafe-inline'; rich-text tooltips keep it so.
// In an empty folder: npm install echarts@6.1.0 esbuild@0.25; node <this file> <folder>/node_modules > echarts.min.js
import { createRequire } from "node:module";
import { resolve } from "node:path";

const modules = resolve(process.argv[2]);
const { build } = createRequire(modules + "/")("esbuild");

const entry = `
  import * as echarts from "echarts/core";
  import { BarChart, LineChart } from "echarts/charts";
  import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
  import { LabelLayout } from "echarts/features";
  import { SVGRenderer } from "echarts/renderers";
  echarts.use([AriaComponent, BarChart, GridComponent, LabelLayout, LegendComponent, LineChart, SVGRenderer,
               TooltipComponent]);
  window.echarts = { init: echarts.init };
`;

const result = await build({
  stdin: { contents: entry, resolveDir: modules },
  bundle: true, minify: true, write: false, format: "iife", target: "es2019", legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  banner: { js: "/*! Apache ECharts 6.1.0 (Apache-2.0) with zrender 6.1.0 (BSD-3-Clause): see LICENSE, NOTICE, build.mjs */" },
});
process.stdout.write(result.outputFiles[0].text);
