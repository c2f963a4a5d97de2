/**
 * From a report's data to what stands on its pages: numbers and dates as the tenant writes them, in the tenant's
 * language.
 */
import type { ReportData } from '../report/data.js';
import type { ReportSectionId } from '../texts/index.js';
import { actionBlocks } from './actions.js';
import { appendixBlocks } from './appendix.js';
import type { SheetBlock, Sheet } from './blocks.js';
import { caseBlocks } from './cases.js';
import { clockBlocks } from './clocks.js';
import { funnelBlocks, verdictBlocks, waitingBlocks } from './first-page.js';
import { formatterOf, type ReportFormatter } from './format.js';
import { huntBlocks } from './hunts.js';
import { postureBlocks } from './posture.js';
import { qualityBlocks } from './quality.js';
import { visibilityBlocks } from './visibility.js';

export type { Sheet } from './blocks.js';

const sections: [ReportSectionId, (formatter: ReportFormatter) => SheetBlock[]][] = [
  ['verdict', verdictBlocks],
  ['funnel', funnelBlocks],
  ['waiting', waitingBlocks],
  ['cases', caseBlocks],
  ['actions', actionBlocks],
  ['clocks', clockBlocks],
  ['hunts', huntBlocks],
  ['visibility', visibilityBlocks],
  ['posture', postureBlocks],
  ['quality', qualityBlocks],
  ['appendix', appendixBlocks],
];

const tlpColours: Record<ReportData['tlp'], string> = {
  RED: '#FF2B2B',
  AMBER_STRICT: '#FFC000',
  AMBER: '#FFC000',
  GREEN: '#33FF00',
  CLEAR: '#FFFFFF',
};

export const sheetOf = (data: ReportData): Sheet => {
  const formatter = formatterOf(data);
  const { texts, range } = formatter;
  return {
    language: data.language.toLowerCase(),
    product: texts.labels.product,
    title: texts.title[data.kind],
    tenant: data.tenant.name,
    period: range(data.period.from, data.period.to),
    tlp: `TLP:${data.tlp.replace('_', '+')}`,
    tlpColour: tlpColours[data.tlp],
    reference: `${texts.labels.confidential} · ${texts.labels.timeZone}: ${data.timeZone}`,
    sections: sections.map(([id, blocks], index) => ({
      number: index + 1,
      title: texts.sections[id],
      blocks: blocks(formatter),
    })),
  };
};
