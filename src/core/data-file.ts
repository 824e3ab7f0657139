import { parse } from 'yaml';
import type { z } from 'zod';

/**
 * The data of a YAML file of a form, with the rules between its parts that `faultsOf` holds it to.
 * Throws what `refuse` makes of the first thing that is wrong.
 */
export function readDataFile<T>(
  text: string,
  schema: z.ZodType<T>,
  faultsOf: (data: T) => Iterable<string>,
  refuse: (what: string) => Error,
): T {
  const parsed = schema.safeParse(valueOf(text, refuse));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not of the form'}`);
  }
  for (const fault of faultsOf(parsed.data)) {
    throw refuse(fault);
  }
  return parsed.data;
}

function valueOf(text: string, refuse: (what: string) => Error): unknown {
  try {
    return parse(text, { schema: 'core', maxAliasCount: 0 });
  } catch (error) {
    throw refuse(error instanceof Error ? (error.message.split('\n')[0] ?? 'is no YAML') : 'is no YAML');
  }
}
