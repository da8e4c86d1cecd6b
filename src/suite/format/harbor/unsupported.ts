import type { TaskFile } from './schema.ts';

/** Why we cannot run this task, or undefined. Named, never ignored in silence. */
export const unsupportedReason = (file: TaskFile, files: readonly string[]): string | undefined => {
  if (file.steps?.length) return 'multi-step tasks ([[steps]]) are not supported yet';
  if (files.some((path) => /^environment\/(docker-)?compose\.ya?ml$/.test(path)))
    return 'compose environments with services are not supported yet';
  if (file.environment?.os === 'windows') return 'Windows environments are not supported';
  if (file.environment?.gpus) return 'the task needs a GPU';
  if (file.environment?.mcp_servers?.length) return 'MCP servers are not supported yet';
  if (file.verifier?.environment_mode === 'separate' || file.verifier?.environment !== undefined)
    return 'a separate verifier environment is not supported yet';
  if ([file.environment?.network_mode, file.agent?.network_mode, file.verifier?.network_mode].includes('allowlist'))
    return 'network_mode "allowlist" is not supported yet';
  if (!files.includes('tests/test.sh')) return 'tests/test.sh is missing';
  if (!files.includes('environment/Dockerfile') && !file.environment?.docker_image)
    return 'neither environment/Dockerfile nor docker_image is there';
  return undefined;
};
