import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** Where an agent CLI works in a test: an empty working folder, a fresh home and the address of its model. */
export type CliPlace = { readonly work: string; readonly home: string; readonly url: string; readonly model: string };

/** Runs a binary with nothing of our own environment but the PATH; a call to the outside finds a closed proxy. */
const run = (
  binary: string,
  call: { argv: readonly string[]; env: Record<string, string>; prompt: string },
  { work, home }: CliPlace,
) =>
  execa(binary, call.argv, {
    cwd: work,
    input: call.prompt,
    reject: false,
    timeout: 120_000,
    extendEnv: false,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '127.0.0.1',
      ...call.env,
    },
  });

type CodexOptions = { readonly prompt: string; readonly websocket: boolean; readonly retries?: number };

const codexConfig = ({ url, model }: CliPlace, { websocket, retries = 0 }: CodexOptions) => `
model = "${model}"
model_provider = "simulator"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false
web_search = "disabled"
[model_providers.simulator]
name = "simulator"
base_url = "${url}"
env_key = "SIMULATOR_KEY"
wire_api = "responses"
request_max_retries = ${retries}
stream_max_retries = ${retries}
supports_websockets = ${websocket}
[analytics]
enabled = false
[feedback]
enabled = false
[otel]
exporter = "none"
`;

const codexSwitches = [
  'apps',
  'plugins',
  'remote_plugin',
  'tool_suggest',
  'plugin_sharing',
  'unbounded_connection_retries',
];

/** Codex CLI on the Responses API, over SSE or its WebSocket. */
export const runCodex = async (binary: string, place: CliPlace, options: CodexOptions) => {
  await mkdir(place.home, { recursive: true });
  await writeFile(join(place.home, 'config.toml'), codexConfig(place, options));
  const off = codexSwitches.flatMap((name) => ['--disable', name]);
  const argv = ['exec', '--json', '--skip-git-repo-check', '-C', place.work, ...off, '-'];
  const env = { CODEX_HOME: place.home, SIMULATOR_KEY: 'none' };
  return run(binary, { argv, env, prompt: options.prompt }, place);
};

/** Claude Code on Anthropic Messages; its base address has no `/v1`. */
export const runClaudeCode = async (binary: string, place: CliPlace, options: { prompt: string }) => {
  await mkdir(place.home, { recursive: true });
  const env = {
    ANTHROPIC_BASE_URL: place.url.replace(/\/v1$/, ''),
    ANTHROPIC_API_KEY: 'none',
    ANTHROPIC_MODEL: place.model,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: place.model,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    DISABLE_AUTOUPDATER: '1',
    IS_SANDBOX: '1',
  };
  const argv = ['-p', '--output-format', 'stream-json', '--verbose', '--dangerously-skip-permissions'];
  return run(binary, { argv, env, prompt: options.prompt }, place);
};

const opencodeConfig = ({ url, model }: CliPlace, npm: string) => ({
  model: `simulator/${model}`,
  small_model: `simulator/${model}`,
  autoupdate: false,
  share: 'disabled',
  permission: 'allow',
  enabled_providers: ['simulator'],
  provider: {
    simulator: {
      npm,
      options: { baseURL: url, apiKey: '{env:SIMULATOR_KEY}' },
      models: { [model]: { limit: { context: 128_000, output: 16_384 } } },
    },
  },
});

/** opencode with one of the three SDKs that it carries: `npm` names it and with it the protocol. */
export const runOpencode = async (binary: string, place: CliPlace, options: { prompt: string; npm: string }) => {
  await mkdir(place.home, { recursive: true });
  const config = join(place.home, 'opencode.json');
  await writeFile(config, JSON.stringify(opencodeConfig(place, options.npm)));
  const off = ['AUTOUPDATE', 'MODELS_FETCH', 'LSP_DOWNLOAD', 'DEFAULT_PLUGINS', 'PROJECT_CONFIG'];
  const env = {
    OPENCODE_CONFIG: config,
    SIMULATOR_KEY: 'none',
    ...Object.fromEntries(off.map((name) => [`OPENCODE_DISABLE_${name}`, '1'])),
  };
  const argv = ['run', '--format', 'json', '--title', 'simulated', '--model', `simulator/${place.model}`];
  return run(binary, { argv, env, prompt: options.prompt }, place);
};
