import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { VIGIE, type Brand } from '../brand.js';
import type { Sheet } from '../domain/sheet/index.js';
import { openChild, type AnsweringChild, type ChildLimits } from './child.js';

/** Typesets beside everything else that the service does, in a process of its own. */
export interface Typesetter {
  /**
   * Sheet -> PDF bytes, one after the other. The same sheet gives the same bytes.
   * @throws Fault when it does not fit the template, or takes more than it may.
   */
  typeset(sheet: Sheet): Promise<Buffer>;
  close(): Promise<void>;
}

/** Lists on the pages are bounded: no report should come near these. */
const LIMITS: ChildLimits = { megabytes: 1_024, milliseconds: 120_000 };

const FONTS = ['noto-sans', 'noto-sans-jp'].flatMap((family) =>
  ['400Regular', '600SemiBold'].map((weight) => join('node_modules', '@expo-google-fonts', family, weight)),
);

const present = (root: string, path: string): string => {
  const full = join(root, path);
  if (!existsSync(full)) throw new Fault(`${path} is missing: run npm ci at the repository's root`);
  return full;
};

/** What to set, and what comes of it. */
interface Job {
  main: { mainFilePath: string } | { mainFileContent: string };
  inputs: Record<string, string>;
}
type Typeset = { pdf: Uint8Array } | { failed: string };

const typesetWith = async (child: AnsweringChild, job: Job, failure: string): Promise<Buffer> => {
  const answer = await child.ask<Typeset>(job);
  if ('failed' in answer) throw new Fault(`${failure}: ${answer.failed}`);
  return Buffer.from(answer.pdf);
};

/** What the typesetter cannot draw is a fault of the installation, not of the first report. */
const mustShow = async (child: AnsweringChild, { logo }: Brand): Promise<void> => {
  if (logo === '') return;
  const main = { mainFileContent: '#image(bytes(sys.inputs.logo), format: "svg")' };
  await typesetWith(child, { main, inputs: { logo } }, 'REPORT_BRAND_LOGO: this SVG cannot be drawn');
};

/**
 * Opens the typesetter: templates and fonts are read from the repository, nothing from the system.
 * @param brand whose name, colour and logo stand on the pages.
 * @param root directory with `services/` and `node_modules/`.
 * @throws Fault when templates or fonts are missing, or the logo cannot be drawn.
 */
export const openTypeset = async (
  brand: Brand = VIGIE,
  { root = process.cwd(), limits = LIMITS }: { root?: string; limits?: ChildLimits } = {},
): Promise<Typesetter> => {
  const workspace = present(root, 'services/reporting/templates');
  const fontPaths = FONTS.map((path) => present(root, path));
  const child = openChild('typesetting', join(workspace, 'typeset.mjs'), { workspace, fontPaths }, limits);
  await mustShow(child, brand).catch(async (error: unknown) => {
    await child.close();
    throw error;
  });
  const main = { mainFilePath: join(workspace, 'report.typ') };
  return {
    typeset: (sheet) => {
      const inputs = { sheet: JSON.stringify(sheet), brand: JSON.stringify(brand) };
      return typesetWith(child, { main, inputs }, 'the report cannot be typeset');
    },
    close: () => child.close(),
  };
};
