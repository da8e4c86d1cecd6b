import { describe, expect, it } from 'vitest';
import { engineAdvice } from '../../../scripts/set-up/engine-advice.js';

const linux = { platform: 'linux', dockerHost: undefined };

describe('engineAdvice', () => {
  it('names the address that DOCKER_HOST holds, and what the docker command said about it', () => {
    const answer = { code: 1, output: 'Cannot connect to the Docker daemon at tcp://127.0.0.1:1.' };
    const advice = engineAdvice(answer, { platform: 'linux', dockerHost: 'tcp://127.0.0.1:1' });
    expect(advice).toContain('| Cannot connect to the Docker daemon');
    expect(advice).toContain('DOCKER_HOST is tcp://127.0.0.1:1');
  });

  it('tells somebody outside the docker group how to get in', () => {
    const output = 'permission denied while trying to connect to the Docker daemon socket';
    expect(engineAdvice({ code: 1, output }, linux)).toContain('sudo usermod -aG docker');
  });

  it('tells somebody without a docker command how to install one', () => {
    expect(engineAdvice({ code: 127, output: '' }, linux)).toContain('sudo apt-get install docker.io');
    expect(engineAdvice({ code: 127, output: '' }, { platform: 'darwin' })).toContain('Docker Desktop');
  });

  it('tells somebody whose engine is stopped how to start it', () => {
    expect(engineAdvice({ code: 1, output: 'Is the docker daemon running?' }, linux)).toContain(
      'systemctl start docker',
    );
  });

  it('shows the end of the log of a dockerd that did not start', () => {
    const output = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    const advice = engineAdvice({ code: 1, output, failed: 'dockerd', log: '/x/dockerd.log' }, linux);
    expect(advice).toContain('/x/dockerd.log');
    expect(advice).toContain('line 39');
    expect(advice).not.toContain('line 30');
    expect(advice).toContain('--privileged');
  });
});
