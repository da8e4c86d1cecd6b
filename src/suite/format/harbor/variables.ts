import { UserError } from '../../../domain/errors.ts';

/** Resolves `${NAME}` and `${NAME:-default}` in a task's variables from the host's environment; without a value: UserError. */
export const resolveVariables = (
  variables: Readonly<Record<string, string>>,
  host: Readonly<Record<string, string | undefined>>,
  where: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (_, variable: string, fallback: string | undefined) => {
        const resolved = host[variable] ?? fallback;
        if (resolved !== undefined) return resolved;
        throw new UserError(`the task needs the environment variable ${variable}, which is not set`, {
          where,
          fix: `export ${variable}=… and run again`,
        });
      }),
    ]),
  );
