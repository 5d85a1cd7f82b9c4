/** One file each for the notebook widgets (ES modules) and for pages without a kernel (a plain script). */
import { build } from 'esbuild';
import { mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';

const TARGET = '../cjm_notebooks/static';
const common = { bundle: true, minify: true, target: 'es2022', legalComments: 'none', logLevel: 'info' };
const modules = {
  widget: 'src/widget/index.ts',
  explorer: 'src/explorer/index.ts',
  mapper: 'src/mapper/index.ts'
};

await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
for (const [name, entry] of Object.entries(modules)) {
  if (existsSync(entry)) {
    await build({ ...common, entryPoints: [entry], format: 'esm', outfile: `${TARGET}/${name}.js` });
  }
}
await build({
  ...common,
  entryPoints: ['src/component/page.ts'],
  format: 'iife',
  outfile: `${TARGET}/journey-map.js`
});
