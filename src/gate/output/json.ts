import type { GateReport } from '../verdict.ts';

/** What a terminal must not be handed raw and `JSON.stringify` leaves as it is: DEL, C1 controls, line separators, bidirectional marks. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON that neither a terminal nor a CI runner takes for anything else. */
export const inertJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(unsafe, escaped).replaceAll('##[', '#\\u0023[')}\n`;

/** verdict.json: the report itself. */
export const gateJson = (report: GateReport): string => inertJson(report);
