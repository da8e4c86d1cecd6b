/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+alternative}` by the variables that are known.
 * Undefined when one is not: then only the builder can tell.
 */
export const expandVariables = (text: string, variables: ReadonlyMap<string, string>): string | undefined => {
  let unknown = false;
  const expanded = text.replace(
    /\$(?:\{(\w+)(?:(:?[-+])([^}]*))?\}|(\w+))/g,
    (...[, braced, operator = '', word = '', bare = '']: (string | undefined)[]) => {
      const value = variables.get(braced ?? bare);
      const present = value !== undefined && (value !== '' || !operator.startsWith(':'));
      if (operator.endsWith('-')) return present ? value : word;
      if (operator.endsWith('+')) return present ? word : '';
      if (value === undefined) unknown = true;
      return value ?? '';
    },
  );
  return unknown || expanded.includes('$') ? undefined : expanded;
};

const unquoted = (text: string): string => text.replace(/^(["'])([\s\S]*)\1$/, '$2');

/** The variables that an ARG instruction declares, added to those before it; one without a default stays unknown. */
export const declareArguments = (text: string, variables: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const declared = new Map(variables);
  for (const [, name, value] of text.matchAll(/(\w+)=("[^"]*"|'[^']*'|\S*)/g)) {
    const expanded = expandVariables(unquoted(value ?? ''), declared);
    if (name !== undefined && expanded !== undefined) declared.set(name, expanded);
  }
  return declared;
};
