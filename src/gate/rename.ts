import { baselineWord, type Gate, type GateFile } from './gate.ts';

/** The same gates about contenders that have other names in the run: `spark` in the file, `wafer` in the log. */
export const renameContenders = (file: GateFile, names: Readonly<Record<string, string>>): GateFile => {
  const renamed = (name: string): string => (Object.hasOwn(names, name) ? (names[name] ?? name) : name);
  return {
    ...file,
    gates: file.gates.map((gate): Gate => {
      const contenders = gate.contenders?.map(renamed);
      if (gate.kind !== 'comparison') return { ...gate, contenders };
      return { ...gate, contenders, against: gate.against === baselineWord ? gate.against : renamed(gate.against) };
    }),
  };
};
