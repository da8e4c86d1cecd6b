import { execFileSync } from 'node:child_process';
import { systemClock } from '../../src/run/metering/clock.ts';
import { type DockerProviderOptions, dockerProvider } from '../../src/sandbox/docker/provider.ts';
import type { PreparedImage, Sandbox, SandboxProvider, SandboxSpec } from '../../src/sandbox/sandbox.ts';

/** The image that the tests' containers run; set-up makes it. */
export const baseImage = 'tacho/base:trixie';

/** A provider with what tests need and nothing more. */
export const aDockerProvider = (options: Partial<DockerProviderOptions> = {}): SandboxProvider =>
  dockerProvider({ mirrors: {}, trustCa: false, runId: 'test', clock: systemClock, ...options });

const never = new AbortController().signal;
export const transfer = { timeoutMs: 300_000, signal: never };

/** The base image, prepared; throws where there is no engine or no base image. */
export const prepareBase = (provider: SandboxProvider): Promise<PreparedImage> =>
  provider.prepareImage(
    { image: { kind: 'reference', reference: baseImage }, variables: {}, limits: {}, network: 'none' },
    transfer,
  );

/** Opens a sandbox from the base image. */
export const openBase = async (
  provider: SandboxProvider,
  { run = 'test', ...spec }: Partial<SandboxSpec> & { readonly run?: string } = {},
): Promise<Sandbox> =>
  provider.open(
    { image: await prepareBase(provider), variables: {}, limits: {}, network: 'none', ...spec },
    { labels: { run, trial: 'test' }, signal: never },
  );

/** The path of the engine's socket, for tests that put something between; the engine must listen on one. */
export const engineSocket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');

/** The docker command on the engine that the tests use, for looking from outside. */
export const docker = (...parameters: readonly string[]): string =>
  execFileSync('docker', parameters, { encoding: 'utf8' }).trim();
