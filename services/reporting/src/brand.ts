import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from '#libs/model';
import type { Environment } from '#libs/service';

/** Who writes the reports: the provider, as the customer knows it. */
export interface Brand {
  name: string;
  /** `#rrggbb`, dark enough for white text on it. */
  colour: string;
  /** SVG; empty for none. */
  logo: string;
}

export const VIGIE: Brand = { name: 'Vigie', colour: '#1d6a8c', logo: '' };

/** A variable that is passed on without a value says nothing. */
const given = <Read extends z.ZodType>(read: Read) => z.preprocess((text) => (text === '' ? undefined : text), read);

const COLOUR = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: 'a colour is written such as #1d6a8c', abort: true })
  .refine((one) => carriesWhite(one), 'too light for white text');

/** Whose reports these are, on every page, by the variables that say so. */
export const brandShape = {
  REPORT_BRAND_NAME: given(z.string().trim().min(1).max(60).default(VIGIE.name)),
  REPORT_BRAND_COLOUR: given(COLOUR.default(VIGIE.colour)),
  /** Path of an SVG. */
  REPORT_BRAND_LOGO: z.string().default(''),
};

/** A page takes no larger one. */
const LOGO_BYTES = 100 * 1_024;

const channel = (hex: string): number => {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** @returns whether white text on a colour `#rrggbb` can be read: contrast 4.5 to 1 (WCAG 2). */
export const carriesWhite = (colour: string): boolean => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(colour.slice(at, at + 2)));
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5;
};

/**
 * Reads a logo.
 * @returns the SVG's text; empty for no path.
 * @throws Fault when there is none, it is too large, or it is no SVG.
 */
const readLogo = (path: string): string => {
  if (path === '') return '';
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new Fault(`REPORT_BRAND_LOGO: there is no file ${path}`);
  if (size > LOGO_BYTES) throw new Fault(`REPORT_BRAND_LOGO: ${path} has more than 100 KiB`);
  const text = readFileSync(path, 'utf8');
  if (!/<svg[\s>]/.test(text)) throw new Fault(`REPORT_BRAND_LOGO: ${path} is no SVG`);
  return text;
};

type BrandSettings = z.infer<z.ZodObject<typeof brandShape>>;

/** @throws Fault when the logo is none. */
export const brandOf = (settings: BrandSettings): Brand => ({
  name: settings.REPORT_BRAND_NAME,
  colour: settings.REPORT_BRAND_COLOUR,
  logo: readLogo(settings.REPORT_BRAND_LOGO),
});

/**
 * Reads whose reports these are.
 * @throws Fault naming each variable that is wrong, and how.
 */
export const readBrand = (environment: Environment): Brand => {
  const read = z.object(brandShape).safeParse(environment);
  if (read.success) return brandOf(read.data);
  throw new Fault(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};
