import { aDockerProvider, baseImage } from '../support/engine.ts';
import { describeWithEngine } from '../support/with-engine.ts';
import { sandboxContract } from './sandbox.contract.ts';

describeWithEngine('Docker Engine', () => {
  sandboxContract('docker', aDockerProvider, {
    image: { kind: 'reference', reference: baseImage },
    variables: {},
    limits: {},
    network: 'none',
  });
});
