/** The rules between the rooms; docs/ARCHITECTURE.md says why. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const OURS = '^(contracts|libs|services|portals|cli|tools|e2e)/';
const SPEC = '\\.spec\\.ts$|/test/|/fixtures/';

module.exports = {
  forbidden: [
    forbid('no-cycles', 'A cycle hides which room knows which.', { pathNot: SPEC }, { circular: true }),
    forbid(
      'contracts-know-nothing',
      'Contracts are shared with partners.',
      { path: '^contracts/' },
      { path: OURS, pathNot: '^contracts/' },
    ),
    forbid(
      'model-knows-nothing',
      'The five shapes depend on nothing of ours.',
      { path: '^libs/model/', pathNot: SPEC },
      { path: OURS, pathNot: '^libs/model/' },
    ),
    forbid(
      'terms-know-contracts',
      'What services agree on speaks of contracts and of nothing else.',
      { path: '^libs/terms/', pathNot: SPEC },
      { path: OURS, pathNot: '^contracts/|^libs/terms/' },
    ),
    forbid(
      'sigma-is-a-library',
      'Strangers use it without Vigie.',
      { path: '^libs/sigma/' },
      {
        path: '^(contracts|libs|services|cli|tools|e2e)/|node_modules/(@nestjs|kafkajs|mongoose|avsc)',
        pathNot: '^libs/(sigma|measure)/',
      },
    ),
    forbid(
      'measure-knows-nothing',
      'Every room may measure itself, and only in its specs and benches.',
      { path: '^libs/measure/' },
      { path: OURS, pathNot: '^libs/measure/' },
    ),
    forbid(
      'measure-does-not-ship',
      'It measures what ships.',
      { path: OURS, pathNot: `${SPEC}|^libs/measure/|^tools/bench/` },
      { path: '^libs/measure/' },
    ),
    forbid(
      'rules-are-pure',
      'Rules over events are as pure as the engine; what reads files and starts threads is libs/rules/loading.',
      { path: '^libs/rules/src/', pathNot: SPEC },
      { path: OURS, pathNot: '^contracts/|^libs/(model|sigma|terms)/|^libs/rules/src/' },
    ),
    forbid(
      'rules-touch-nothing',
      'Rules over events read no file, clock or thread.',
      { path: '^libs/rules/src/', pathNot: SPEC },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'policy-is-pure',
      'What a policy says of an action is the same for who acts and for who explains.',
      { path: '^libs/policy/src/', pathNot: SPEC },
      { path: OURS, pathNot: '^contracts/|^libs/(model|terms)/|^libs/policy/src/' },
    ),
    forbid(
      'tests-serve-specs',
      "What helps a library's specs does not ship.",
      { path: '^(libs|services|cli|tools)/', pathNot: SPEC },
      { path: '^libs/[^/]+/test/' },
    ),
    forbid(
      'libs-know-no-service',
      'Libraries serve services.',
      { path: '^libs/', pathNot: SPEC },
      { path: '^(services|portals|cli|e2e|tools/(?!stack))' },
    ),
    forbid(
      'libs-through-index',
      'A library is what its index says.',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/([^/]+)/src/(?!index)', pathNot: '^libs/$1/' },
    ),
    forbid(
      'rooms-through-index',
      'A library is what its index says.',
      { path: '^(services|cli|tools|e2e)/' },
      { path: '^libs/([^/]+|rules/loading)/src/(?!index\\.ts)' },
    ),
    forbid(
      'pure-rooms',
      'Domain, reactions and views know contracts, model, terms, the policy, the rules engine and rules over events (which are as pure) and each other.',
      { path: '^services/[^/]+/src/(domain|reactions|views)/', pathNot: SPEC },
      {
        path: OURS,
        pathNot:
          '^contracts/|^libs/(model|policy|sigma|terms)/|^libs/rules/src/|^services/[^/]+/src/(domain|reactions|views)/',
      },
    ),
    forbid(
      'services-meet-on-kafka',
      'No service imports another.',
      { path: '^services/([^/]+)/' },
      { path: '^services/', pathNot: '^services/$1/' },
    ),
    forbid(
      'gateway-reads-or-asks',
      'Reading views and putting requests are two things: a resolver joins them.',
      { path: '^services/gateway/src/(reading|asking)/' },
      { path: '^services/gateway/src/(reading|asking)/', pathNot: '^services/gateway/src/$1/' },
    ),
    forbid(
      'gateway-inside-knows-no-graphql',
      'What is read, asked and heard is the same whatever language people ask in.',
      { path: '^services/gateway/src/(reading|asking|live)/' },
      { path: '^services/gateway/src/(graphql|shared|analyst|customer|generated|http)/' },
    ),
    forbid(
      'gateway-sides-apart',
      "A customer's schema leaks nothing that it does not have.",
      { path: '^services/gateway/src/(analyst|customer)/' },
      { path: '^services/gateway/src/(analyst|customer)/', pathNot: '^services/gateway/src/$1/' },
    ),
    forbid(
      'services-know-no-driver',
      'The command line and tools drive services, not the other way.',
      { path: '^services/', pathNot: SPEC },
      { path: '^(cli|tools|e2e|libs/testing)/' },
    ),
    forbid(
      'cli-through-its-doors',
      'Others know the command line by its index, or by the doors that load no service.',
      { path: '^(tools|e2e)/' },
      { path: '^cli/', pathNot: '^cli/src/((files|terminal)/)?index\\.ts$' },
    ),
    forbid(
      'cli-knows-two-tools',
      'The command line is a product: of the tools it needs the broker and store, and stand-ins for vendors.',
      { path: '^cli/(src|test)/' },
      { path: '^(e2e|portals|tools/(?!(stack|standins)/))' },
    ),
    forbid(
      'stack-is-alone',
      'Broker and store are brought up by who knows neither services nor the command line.',
      { path: '^tools/(stack|standins)/', pathNot: SPEC },
      { path: '^(cli|e2e|services|portals)/' },
    ),
    forbid(
      'plug-ins-know-no-sibling',
      'A plug-in is its folder.',
      { path: '^services/[^/]+/src/(sources|enrichers|connectors)/([^/]+)/', pathNot: SPEC },
      { path: '^services/[^/]+/src/(sources|enrichers|connectors)/([^/]+)/', pathNot: '^services/[^/]+/src/$1/$2/' },
    ),
    forbid(
      'kafka-at-home',
      'Only libs/events speaks Kafka and Avro; tools/stack asks whether the broker answers, tools/faults ends a process there.',
      { pathNot: '^(libs/events|tools/stack|tools/faults/preload)/' },
      { path: 'node_modules/(kafkajs|avsc)/' },
    ),
    forbid(
      'store-at-home',
      'Only libs/store speaks to the store; tools/stack asks whether it answers, tools/faults ends a process there.',
      { pathNot: '^(libs/store|tools/stack|tools/faults/preload)/' },
      { path: 'node_modules/(mongoose|mongodb)/' },
    ),
  ],
  options: {
    exclude: '^dist/',
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
    },
  },
};
