/** Tacho's public API: reads like a table of contents. */

// The contracts
export type { Agent } from './agent/agent.ts';
// Reading
export { collect } from './analysis/collect.ts';
export { planRun } from './analysis/planning/run-plan.ts';
export { compareRuns } from './analysis/runs/compare-runs.ts';
export { type MeasuredRun, measureRun } from './analysis/runs/measured-run.ts';
// The words
export { InfraError, UserError } from './domain/errors.ts';
export { EndpointError } from './domain/model/endpoint-error.ts';
export type { Turn } from './domain/model/turn.ts';
export type { Manifest } from './domain/run.ts';
export type { Suite, Task } from './domain/task.ts';
export type { TrialRecord, TrialSpec } from './domain/trial.ts';
export type { Verdict } from './domain/verdict.ts';
export type { ModelEndpoint, Protocol, Transport } from './endpoint/endpoint.ts';
// Judging
export { readGates } from './gate/file/read-gates.ts';
export { evaluateGates } from './gate/judge/evaluate.ts';
export type { GateReport } from './gate/verdict.ts';
export { timingOf } from './measure/turn-timing.ts';
export { renderConsole } from './report/console.ts';
export { reportModel } from './report/model.ts';
export { renderReport } from './report/render.ts';
// Running
export { type Config, configSchema } from './run/config/schema.ts';
export { planTrials } from './run/plan.ts';
export { resumeRun, type Session, startRun } from './run/session.ts';
export type { Sandbox, SandboxProvider, Shell } from './sandbox/sandbox.ts';
// Simulating
export { loadAttempts } from './simulator/attempts.ts';
export { loadProfiles } from './simulator/profile.ts';
export { startSimulator } from './simulator/server.ts';
export { readRun } from './store/jsonl.ts';
export type { RunStore } from './store/store.ts';
export type { SuiteFormat } from './suite/suite.ts';
export type { Verifier } from './verifier/verifier.ts';
export { openSession } from './wiring.ts';
export { parseYaml } from './yaml/parse.ts';
