/**
 * What drives an installation from outside, for whole stories (e2e): it loads all services' pages. Programs that only
 * read files or print use `files/` and `terminal/`.
 */
export * from './files/index.js';
export * from './terminal/index.js';
export { makeBackup } from './backup/make.js';
export { storesOf } from './chain/stores.js';
export { verifyChains } from './chain/verify.js';
export { fromKafka } from './chain/witnesses.js';
export { definitions } from './pages/definitions.js';
export { newKeyPair, signToken, tokenIssuers, type SigningKeyPair, type TokenHolder } from './installation/keys.js';
export { endProcess, startProcess, untilReady, type StartedProcess } from './installation/processes.js';
export { rewindAll } from './installation/rewind.js';
export { environmentOf } from './installation/service-environment.js';
export { DEV_ADMIN, loadInstallation } from './installation/saved-installation.js';
export { type ServiceSettings } from './installation/services.js';
export { up, type RunningInstallation } from './installation/up.js';
export { CASE_FIELDS } from './gateway/case-text.js';
export { everyNode } from './gateway/every-node.js';
export { graphqlClient, mustBeOk, type GraphqlClient } from './gateway/graphql-client.js';
export { rawId } from './gateway/node-id.js';
export { onboard, type TenantPlan } from './gateway/onboard.js';
export { openSession, openStack, tokenFor, type InstallationSession } from './gateway/session.js';
export { downloadReport, makeReport, type MadeReport } from './gateway/reports.js';
export { addPartner, type Partner } from './kafka/partner.js';
export { adminBroker, provision, rightsOf } from './kafka/provision.js';
export { groupsOf, untilQuiet } from './kafka/quiet.js';
export { eachOf, readAll } from './kafka/read-all.js';
export { growTopics, plannedGrowth } from './kafka/grow.js';
export { importRules } from './rules/import.js';
export { awaitReceipt, type RecordingReceipt } from './telemetry/receipt.js';
export { replay, type SentRecording } from './telemetry/replay.js';
export { rebuildViews } from './views/rebuild.js';
export { verifyFromOwners } from './views/verify-report.js';
export * from './demo/index.js';
