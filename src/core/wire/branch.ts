import type { Texts } from '../scenario/scenario.schema.js';
import type { ItemRef } from './feed.js';

/** A place at which the story of a run parts, and where it goes as things stand. */
export interface BranchView {
  /** Id of the inject. */
  inject: string;
  /** The audience or the desk whose answer decides. */
  by: string;
  /** The option, or `none`; absent while it is open, and where the answer leads nowhere. */
  answer?: string;
  /** Who has decided. */
  decidedBy?: 'desk' | 'control';
  /** Whether control may still set it: nothing on it has fallen due. */
  canSet: boolean;
  ways: BranchWay[];
}

/** What follows on one answer. */
export interface BranchWay {
  answer: string;
  state: 'open' | 'taken' | 'not-taken';
  items: BranchItem[];
}

export interface BranchItem extends ItemRef {
  texts: Texts;
  /** Run time: when it happens in the story. */
  dueAt: string;
}

/** The answer that control sets in place of those who are asked. */
export interface SetBranchRequest {
  /** An option of the inject, or `none`. */
  answer: string;
  /** The audience or the desk; may be left out where the answer of one only decides. */
  by?: string;
}
