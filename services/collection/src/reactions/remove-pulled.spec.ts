import { hearing } from '#libs/testing';
import { removePulled } from './remove-pulled.js';

it('what is pulled of a source ends with it', () =>
  hearing(removePulled)
    .of({ type: 'tenant.source-removed', source: 'okta', by: { subject: 'ada', side: 'PROVIDER' }, at: 1 })
    .asks({ type: 'pull.remove', source: 'okta' }));
