import type { ContainerCreateOptions } from 'dockerode';
import type { SandboxSpec } from '../../sandbox.ts';
import { firstProcess } from './lifeline.ts';

const defaultPids = 1024;
const nanoCpusPerCpu = 1e9;

const hostConfig = ({ limits, network }: SandboxSpec, engineCpus: number): ContainerCreateOptions['HostConfig'] => ({
  AutoRemove: true,
  // An init of the engine's would end the container when `kill -9 -1` ends its only child.
  Init: false,
  // Nothing is logged by the engine: the harness reads each command's output, and a flood must not fill the host's disk.
  LogConfig: { Type: 'none', Config: {} },
  NetworkMode: network === 'none' ? 'none' : 'bridge',
  PidsLimit: limits.pids ?? defaultPids,
  // The engine refuses more CPUs than it has; a task that asks for more gets all.
  ...(limits.cpus === undefined ? {} : { NanoCpus: Math.round(Math.min(limits.cpus, engineCpus) * nanoCpusPerCpu) }),
  // Equal, so that there is no swap beyond the limit.
  ...(limits.memoryBytes === undefined ? {} : { Memory: limits.memoryBytes, MemorySwap: limits.memoryBytes }),
  // When the host runs out of memory, a sandbox goes before the harness.
  OomScoreAdj: 500,
  // Capabilities stay as the engine gives them, and no-new-privileges stays off: published tasks use sudo, su, ping and package
  // managers, and were measured with them. The boundary is the engine's; run hostile agents in a machine of their own.
});

/**
 * The container of a sandbox. The image's entry point is overridden. Variables are not among its settings: each command gets them in its
 * own environment, where inspect does not show them.
 */
export const createOptions = (
  spec: SandboxSpec,
  { name, labels, engineCpus }: { name: string; labels: Record<string, string>; engineCpus: number },
): ContainerCreateOptions => ({
  name,
  // By content, not by name: a tag may have moved since.
  Image: spec.image.imageId,
  Entrypoint: [],
  Cmd: [...firstProcess],
  Labels: labels,
  OpenStdin: true,
  StdinOnce: true,
  AttachStdin: true,
  Tty: false,
  StopTimeout: 0,
  Healthcheck: { Test: ['NONE'] },
  ...(spec.workdir === undefined ? {} : { WorkingDir: spec.workdir }),
  ...(spec.user === undefined ? {} : { User: spec.user }),
  HostConfig: hostConfig(spec, engineCpus),
});
