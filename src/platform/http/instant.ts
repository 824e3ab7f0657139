import { ValidateBy, buildMessage, type ValidationOptions } from 'class-validator';
import { isInstant } from '../../core/time/time.js';

/** An instant with its offset, as core reads it. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isInstant(value),
        defaultMessage: buildMessage(
          (prefix) => `${prefix}$property must be an instant with its offset, as in 2010-11-23T14:34:00+09:00`,
        ),
      },
    },
    options,
  );
