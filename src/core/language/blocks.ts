import type { AlertInfo } from '../alert/alert.js';

/** The languages that figures and terms can be read in. */
const PRIMARIES = ['ja', 'ko', 'en'] as const;
export type Primary = (typeof PRIMARIES)[number];

/** All that one language of a message says, as one text in NFKC (full-width digits and units become plain ones). */
export interface Block {
  readonly language: string;
  readonly primary: Primary;
  readonly path: string;
  readonly text: string;
}

/** The blocks in a language that can be read. */
export const blocksOf = (info: readonly AlertInfo[]): Block[] =>
  info.flatMap((block, index) => {
    const primary = PRIMARIES.find((each) => each === block.language.split('-')[0]);
    return primary ? [{ language: block.language, primary, path: `info[${index}]`, text: textOf(block) }] : [];
  });

/** Headline, description and instruction, one after the other, in NFKC. */
export const textOf = ({ headline, description, instruction }: AlertInfo): string =>
  [headline, description, instruction]
    .filter((text) => text !== undefined)
    .join('\n')
    .normalize('NFKC');

/** Each two blocks of different languages, in their order. */
export const primaryPairs = (blocks: readonly Block[]): [Block, Block][] =>
  blocks.flatMap((one, index) =>
    blocks
      .slice(index + 1)
      .filter((other) => other.primary !== one.primary)
      .map((other): [Block, Block] => [one, other]),
  );
