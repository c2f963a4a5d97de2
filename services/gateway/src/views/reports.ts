import type { ReportMade } from '#contracts';
import type { View } from '#libs/model';

export interface ReportDoc extends Omit<ReportMade, 'type' | 'pdf' | 'figures' | 'at' | 'send'> {
  /** JSON. */
  figures: string;
  madeAt: number;
}

/** Reports as data. */
export const reports: View<ReportDoc, ReportMade> & { indexes: string[] } = {
  name: 'reports',
  hears: ['report.made'],
  indexes: ['madeAt'],
  keys: ({ message }) => [message.reportId],
  show: (_doc, { message: { type: _type, pdf: _pdf, send: _send, figures, at, ...rest } }) => ({
    ...rest,
    figures: figures.toString('utf8'),
    madeAt: at,
  }),
};

export interface ReportPdfDoc {
  /** Base64: documents hold plain JSON. */
  pdf: string;
}

/** Reports as PDF, apart: they are large. */
export const reportPdfs: View<ReportPdfDoc, ReportMade> = {
  name: 'report-pdfs',
  hears: ['report.made'],
  keys: ({ message }) => [message.reportId],
  show: (_doc, { message }) => ({ pdf: message.pdf.toString('base64') }),
};
