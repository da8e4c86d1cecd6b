/** Where our side was when it broke. */
export type Phase =
  | 'plan'
  | 'image'
  | 'sandbox'
  | 'agent'
  | 'endpoint'
  | 'submission'
  | 'verify'
  | 'store'
  | 'teardown';

/** Something on our side, the engine's or the endpoint's broke: never a score. */
export class InfraError extends Error {
  readonly phase: Phase;
  /** A stable machine-readable word, e.g. `engine-unreachable`, `image-build-failed`, `endpoint-http-500`. */
  readonly code: string;

  constructor(phase: Phase, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InfraError';
    this.phase = phase;
    this.code = code;
  }
}

/** The user asked for something that cannot be: says what happened, where and how to fix it. Exit code 2 unless given. */
export class UserError extends Error {
  readonly where: string | undefined;
  readonly fix: string | undefined;
  readonly exitCode: number;

  constructor(message: string, options: { where?: string; fix?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.where = options.where;
    this.fix = options.fix;
    this.exitCode = options.exitCode ?? 2;
  }
}
