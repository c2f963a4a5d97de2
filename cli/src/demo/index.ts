/** The acts of the demo, its people and its telemetry: other stories are told with them too. */
export { acknowledge, conclude, seeCases } from './casework.js';
export { received } from './figures.js';
export { openMailbox, type Mailbox } from './mailbox.js';
export { publish, takeOn } from './onboarding.js';
export { agree, follow, seeHeld, watchContainment } from './response.js';
export { stories } from './scenario/index.js';
export { dice, isoTime, minutesBefore, ordinaryTimes } from './scenario/story.js';
export { ordinary, processStarted } from './scenario/windows.js';
export { sendByHttp, sendByKafka } from './send.js';
export { customer, grant, provider, setStage, type Stage } from './stage.js';
