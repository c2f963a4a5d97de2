/** Minutes of a day. */
export const DAY = 1_440;
export const ada = { subject: 'ada.martin', side: 'PROVIDER' } as const;
export const bo = { subject: 'bo.tanaka', side: 'CUSTOMER' } as const;
