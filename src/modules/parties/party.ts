import { z } from 'zod';

const names = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/), z.string().trim().min(1).max(120));
const id = z
  .string()
  .regex(/^[a-z]{2}-[a-z0-9-]{1,40}$/, 'use the party in lower case, a hyphen and a name, as in jp-cas');

const agency = z.strictObject({ id, names });
const desk = z.strictObject({
  id,
  agency: id,
  names,
  language: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'use a BCP 47 tag, as in ja-JP'),
  timeZone: z.string().refine(isTimeZone, 'use an IANA time zone, as in Asia/Tokyo'),
  duties: z.array(z.enum(['receive', 'acknowledge', 'decide'])).min(1),
});
const party = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}$/, 'use two capital letters, as in JP'),
  names,
  agencies: z.array(agency).min(1),
  desks: z.array(desk),
});

/** The form of the parties file. A desk without its agency, or an id used twice, would leave somebody untold. */
export const partiesSchema = z.strictObject({ parties: z.array(party).min(1) }).superRefine((file, context) => {
  const seen = new Set<string>();
  for (const { id: partyId, agencies, desks } of file.parties) {
    for (const unique of [
      partyId,
      ...agencies.map((each) => `agency ${each.id}`),
      ...desks.map((each) => `desk ${each.id}`),
    ]) {
      if (seen.has(unique)) {
        context.addIssue({ code: 'custom', message: `${unique} is there twice` });
      }
      seen.add(unique);
    }
    for (const each of [...agencies, ...desks]) {
      if (!each.id.startsWith(`${partyId.toLowerCase()}-`)) {
        context.addIssue({ code: 'custom', message: `${each.id} must begin with ${partyId.toLowerCase()}-` });
      }
    }
    for (const each of desks) {
      if (!agencies.some((candidate) => candidate.id === each.agency)) {
        context.addIssue({
          code: 'custom',
          message: `desk ${each.id} names the agency ${each.agency}, which is not there`,
        });
      }
    }
  }
});

export type Party = z.output<typeof party>;
export type Desk = z.output<typeof desk> & { party: string };

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
