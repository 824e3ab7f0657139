/** What the log says of an error. */
interface ErrorView {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  /** The messages of what caused it, the nearest first. */
  causes?: string[];
}

/** Chains of causes are short; one that bites its own tail must end too. */
const CAUSES = 5;

/**
 * What the log says of an error: named fields and no other, since errors of the database carry the query with its
 * parameters (hashes of passwords, notes, decisions), and those of HTTP clients whole requests.
 * Of what was thrown without being an error it says the type alone.
 */
export function errorView(error: unknown): ErrorView {
  if (!isError(error)) {
    return { type: typeof error, message: typeof error === 'string' ? error : 'something was thrown that is no error' };
  }
  const { name, message, code, stack } = error;
  const causes = causesOf(error);
  return {
    type: name,
    message,
    code: typeof code === 'string' ? code : undefined,
    stack,
    causes: causes.length > 0 ? causes : undefined,
  };
}

type CodedError = Error & { code?: unknown };

/** By its form: an error of another realm is no instance of this one's Error. */
const isError = (thrown: unknown): thrown is CodedError =>
  typeof thrown === 'object' && thrown !== null && typeof (thrown as Partial<CodedError>).message === 'string';

function causesOf(error: Error): string[] {
  const messages: string[] = [];
  for (let { cause } = error; isError(cause) && messages.length < CAUSES; { cause } = cause) {
    messages.push(cause.message);
  }
  return messages;
}
