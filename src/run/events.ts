import type { TrialRecord, TrialSpec } from '../domain/trial.ts';

/** What a run tells while it goes on; a live table, a log line and a test all listen to the same. */
export type RunEvent =
  | { readonly type: 'image-start'; readonly task: string }
  | { readonly type: 'image-progress'; readonly task: string; readonly line: string }
  | {
      readonly type: 'image-end';
      readonly task: string;
      readonly ready: number;
      readonly total: number;
      readonly error?: string | undefined;
    }
  | { readonly type: 'run-start'; readonly total: number; readonly done: number }
  | { readonly type: 'trial-start'; readonly spec: TrialSpec; readonly attempt: number }
  | { readonly type: 'trial-step'; readonly spec: TrialSpec; readonly step: number }
  | { readonly type: 'trial-verify'; readonly spec: TrialSpec }
  | { readonly type: 'trial-end'; readonly record: TrialRecord; readonly willRetry: boolean }
  | { readonly type: 'run-end'; readonly cancelled: boolean };

export type Emit = (event: RunEvent) => void;
