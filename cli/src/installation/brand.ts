import { fromCaller } from '../terminal/index.js';
import { readBrand } from '../../../services/reporting/src/brand.js';

/** Whose reports these are, as `vigie up` is told. */
export interface BrandFlags {
  brandName?: string;
  brandColour?: string;
  /** Path of an SVG, for the caller as it is; empty for none again. */
  brandLogo?: string;
}

/**
 * What was said of the brand, by variable of reporting, beside what was said before.
 * @param before of the same installation.
 * @throws Fault when reporting would not start with it: said before anything is.
 */
export const brandGiven = (
  { brandName, brandColour, brandLogo }: BrandFlags,
  before: Record<string, string> = {},
): Record<string, string> => {
  const given = {
    ...(brandName === undefined ? {} : { REPORT_BRAND_NAME: brandName }),
    ...(brandColour === undefined ? {} : { REPORT_BRAND_COLOUR: brandColour }),
    ...(brandLogo === undefined ? {} : { REPORT_BRAND_LOGO: brandLogo && fromCaller(brandLogo) }),
  };
  readBrand({ ...before, ...given });
  return given;
};
