import type { Language, ResponseMode, TenantState } from '#contracts';
import { DAY_MS } from '#libs/terms';
import type { ReportScope } from '../../src/domain/report/compose.js';
import { weekOf } from '../../src/domain/report/period.js';
import { someSettings, theWeek } from '../samples.js';

const named: Record<Language, { name: string; timeZone: string; mode: ResponseMode }> = {
  EN: { name: 'Acme Industries', timeZone: 'Europe/London', mode: 'AUTHORIZE' },
  FR: { name: 'Boréal Logistique', timeZone: 'Europe/Paris', mode: 'COLLABORATE' },
  JA: { name: '桜川精機株式会社', timeZone: 'Asia/Tokyo', mode: 'NOTIFY' },
};

export const sampleSettings = (language: Language): TenantState => ({
  ...someSettings,
  language,
  name: named[language].name,
  timeZone: named[language].timeZone,
  policy: { ...someSettings.policy, mode: named[language].mode },
  assets: [...someSettings.assets, { ...someSettings.assets[0]!, assetId: 'build-07', hostnames: ['build-07'] }],
  sources: [
    { name: 'endpoint', kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false },
    { name: 'cloud', kind: 'AWS_CLOUDTRAIL', silentAfterMinutes: 120, receipts: false },
    { name: 'identity', kind: 'OKTA', silentAfterMinutes: 120, receipts: false },
    { name: 'network', kind: 'SURICATA', silentAfterMinutes: 60, receipts: false },
  ],
});

export const sampleScope = (language: Language): ReportScope => ({
  ...weekOf(theWeek.from + DAY_MS, named[language].timeZone),
  kind: 'WEEKLY',
  language,
  settings: sampleSettings(language),
});
