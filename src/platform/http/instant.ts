import { Matches, type ValidationOptions } from 'class-validator';

/** An instant that carries its offset: without one it would mean a different time on each machine. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  Matches(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
    {
      message: '$property must be an instant with its offset, as in 2010-11-23T14:34:00+09:00',
      ...options,
    },
  );
