import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { VIGIE, type Brand } from '../brand.js';
import type { Sheet } from '../domain/sheet/index.js';

/** Sheet -> PDF bytes. The same sheet gives the same bytes. */
export type Typeset = (sheet: Sheet) => Buffer;

/** Results kept by the compiler across this many documents. */
const CACHE_AGE = 10;

const FONTS = ['noto-sans', 'noto-sans-jp'].flatMap((family) =>
  ['400Regular', '600SemiBold'].map((weight) => join('node_modules', '@expo-google-fonts', family, weight)),
);

const present = (root: string, path: string): string => {
  const full = join(root, path);
  if (!existsSync(full)) throw new Fault(`${path} is missing: run npm ci at the repository's root`);
  return full;
};

/** What the typesetter cannot draw is a fault of the installation, not of the first report. */
const mustShow = (compiler: NodeCompiler, { logo }: Brand): void => {
  if (logo === '') return;
  const mainFileContent = '#image(bytes(sys.inputs.logo), format: "svg")';
  if (!compiler.compile({ mainFileContent, inputs: { logo } }).result)
    throw new Fault('REPORT_BRAND_LOGO: this SVG cannot be drawn');
};

/**
 * Opens the typesetter: templates and fonts are read from the repository, nothing from the system.
 * @param brand whose name, colour and logo stand on the pages.
 * @param root directory with `services/` and `node_modules/`.
 * @throws Fault when templates or fonts are missing, or the logo cannot be drawn; the typesetter throws Fault when a
 * sheet does not fit the template.
 */
export const openTypeset = (brand: Brand = VIGIE, root = process.cwd()): Typeset => {
  const compiler = NodeCompiler.create({
    workspace: present(root, 'services/reporting/templates'),
    fontArgs: [{ fontPaths: FONTS.map((path) => present(root, path)) }],
  });
  mustShow(compiler, brand);
  return (sheet) => {
    const compiled = compiler.compile({
      mainFilePath: join(root, 'services/reporting/templates/report.typ'),
      inputs: { sheet: JSON.stringify(sheet), brand: JSON.stringify(brand) },
    });
    const { result } = compiled;
    if (!result)
      throw new Fault(
        `the report cannot be typeset: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? [])}`,
      );
    const pdf = compiler.pdf(result);
    compiler.evictCache(CACHE_AGE);
    return pdf;
  };
};
