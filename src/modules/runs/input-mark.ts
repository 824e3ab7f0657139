import { createHmac } from 'node:crypto';

interface MarkedInput {
  /** Of the run. */
  readonly seed: number;
  /** How many inputs the run had with it. */
  readonly number: number;
  readonly action: string;
  readonly request: unknown;
}

/**
 * What makes the id of an input unique in its run, as 20 hex digits. The same inputs in the same order get the same marks in every
 * run of one seed on one installation. A mark must not tell its number, since whoever reads two ids would learn how much others put
 * in between; the seed alone would not keep that, as every desk may read it, so the secret of the installation is the key.
 */
export const inputMark = (secret: string, { seed, number, action, request }: MarkedInput): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['input mark', seed, number, action, request]))
    .digest('hex')
    .slice(0, 20);
