import { z } from 'zod';

const text = z.string().min(1).max(200);

/** The form of a phrase with its slots as it comes from outside; `phraseFindings` judges what is in it. */
export const phraseUseSchema = z.strictObject({
  id: z.string().min(1).max(40),
  slots: z
    .record(z.string().max(40), z.union([text, z.record(z.string().max(20), text)]))
    .refine((slots) => Object.keys(slots).length <= 10)
    .optional(),
});
