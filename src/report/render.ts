/*
 * For the CLI. In this order:
 *
 *   collect(manifest, store.records())     src/analysis/collect.ts   → Promise<Collected>, one pass over the log
 *   reportModel(manifest, collected)       src/report/model.ts       → ReportModel, plain JSON
 *   renderReport(model, sources)           this file                 → AsyncGenerator<ReportFile>, one file at a time
 *   renderConsole(model, { color })        src/report/console.ts     → string for stdout
 *   sanitise(text), sanitiseLine(text)     src/report/sanitise.ts    → text that may go to a terminal
 *
 *   for await (const { path, content } of renderReport(model, { records: () => store.records(), details }))
 *     await writeFile(join(runFolder, 'report', path), content);     // make the folder of `path` first
 *
 * `content` is a string, bytes, or an AsyncIterable<string>: all that writeFile of node:fs/promises takes. `records` is called once for
 * every table that needs the log again. `details` yields the files beside each attempt (trajectory.json, submission.diff, verifier/…; paths
 * relative to the attempt's folder) for the drill-down; read only what is asked for, in any order.
 */
export {};
