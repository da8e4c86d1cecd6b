// The directions of import, as ARCHITECTURE.md states them. Type-only imports count: they couple as much as others.
const INPUT_AND_OUTPUT =
  '^(node:)?(fs|fs/promises|http|https|http2|net|tls|dgram|dns|child_process|cluster|worker_threads|readline|process|os)$';
const SOCKETS = '^(node:)?(http|https|http2|net|tls|dgram)$';
const FILES = '^(node:)?(fs|fs/promises)$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const packages = (names) => `node_modules/(${names})/`;

module.exports = {
  forbidden: [
    rule('1-no-cycle', 'A cycle is one module in several files.', {}, { circular: true }),
    rule(
      '2-domain-alone',
      'domain imports only domain, not even node:',
      { path: '^src/domain/' },
      { pathNot: '^src/domain/' },
    ),
    rule(
      '3-pure-no-io',
      'measure, analysis, gate, report and yaml are functions of their arguments.',
      { path: '^src/(measure|analysis|gate|report|yaml)/' },
      { path: INPUT_AND_OUTPUT },
    ),
    rule(
      '3-pure-no-adapter',
      'measure, analysis, gate and report read records, never the things that made them.',
      { path: '^src/(measure|analysis|gate|report|yaml)/' },
      { path: '^src/(endpoint|sandbox|agent|verifier|suite|store|simulator|gateway|run|cli)/|^src/wiring(/|.ts$)' },
    ),
    rule(
      '4-engine',
      'dockerode only in sandbox/docker.',
      { path: '^src/', pathNot: '^src/sandbox/docker/' },
      {
        path: packages('dockerode'),
      },
    ),
    rule(
      '4-sockets',
      'Sockets only where bytes are stamped or served.',
      { path: '^src/', pathNot: '^src/(endpoint/transport|simulator|gateway|sandbox/docker)/' },
      { path: `${SOCKETS}|${packages('undici|ws')}` },
    ),
    rule(
      '4-files',
      'Files only where they are the subject.',
      { path: '^src/', pathNot: '^src/(store|suite|cli|simulator|sandbox/docker)/' },
      { path: FILES },
    ),
    rule(
      '5-adapters-behind-contracts',
      'Beside its own folder only wiring knows an adapter; the others see the contract, the file named after its folder (and call-model and steering, which work above any adapter).',
      { path: '^src/([^/]+)', pathNot: '^src/(wiring/.+|wiring|index).ts$' },
      {
        path: '^src/(endpoint|sandbox|agent|verifier)/',
        pathNot: ['^src/$1/', '^src/([^/]+)/\\1.ts$', '^src/endpoint/(call-model|steering/.+).ts$'],
      },
    ),
    rule('6-cli-on-top', 'Nothing imports cli.', { path: '^src/', pathNot: '^src/cli/' }, { path: '^src/cli/' }),
    rule('7-no-test-in-src', 'src never imports from test.', { path: '^src/' }, { path: '^(test|bench|scripts)/' }),
    rule(
      '8-shipped',
      'What src imports must come with the package.',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
    ),
  ],
  options: {
    // typescript 7 has no JavaScript API yet, so package.json keeps 6 beside it under the name that tools look for.
    parser: 'tsc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
