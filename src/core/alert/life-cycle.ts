import type { CapReference } from '../cap/cap.references.js';

/** Types of message in a thread of an alert (CAP 3.2.1 msgType). */
export type MsgType = 'Alert' | 'Update' | 'Cancel' | 'Ack' | 'Error';

/** A message of a thread, as others refer to it. */
export interface ThreadMessage extends CapReference {
  readonly msgType: MsgType;
}

/** A message with those that it names. */
export interface LinkedMessage extends ThreadMessage {
  readonly references: readonly CapReference[];
}

/**
 * Three verbs that must never be taken for one another: a correction says that what was told is wrong and what is right; a
 * cancellation takes back what was told, since it was never so or is withdrawn; an all-clear says that it was so and is now over.
 */
export type Ending = 'correction' | 'cancellation' | 'all-clear';

/** How each verb is said in CAP: a correction and an all-clear go on with the thread, a cancellation ends it. */
export const ENDINGS: Readonly<
  Record<Ending, { readonly msgType: 'Update' | 'Cancel'; readonly responseType?: 'AllClear' }>
> = {
  correction: { msgType: 'Update' },
  cancellation: { msgType: 'Cancel' },
  'all-clear': { msgType: 'Update', responseType: 'AllClear' },
};

/** Fixed words that open the headline of each verb, so that it is known by its first word in every language. */
const WORDS: Readonly<Record<Ending, Readonly<Record<string, string>>>> = {
  correction: { ja: '訂正', ko: '정정', en: 'CORRECTION' },
  cancellation: { ja: '取消', ko: '취소', en: 'CANCELLED' },
  'all-clear': { ja: '解除', ko: '해제', en: 'ALL CLEAR' },
};

/** One sentence that says what the verb means; a correction's own text follows it. */
const SENTENCES: Readonly<Record<Ending, Readonly<Record<string, string>>>> = {
  correction: {
    ja: '先の通知に誤りがありましたので、訂正します。',
    ko: '앞서 통보한 내용에 오류가 있어 정정합니다.',
    en: 'The earlier message was wrong and is corrected here.',
  },
  cancellation: {
    ja: '先の通知を取り消します。通知した事実はないか、撤回されました。',
    ko: '앞서 통보한 내용을 취소합니다. 통보한 사실이 없거나 철회되었습니다.',
    en: 'The earlier message is withdrawn. What it said was not so or no longer stands.',
  },
  'all-clear': {
    ja: '先に通知した危険は去りました。呼びかけを解除します。',
    ko: '앞서 통보한 위험이 사라졌습니다. 경보를 해제합니다.',
    en: 'The danger of the earlier message has passed. Its instructions no longer apply.',
  },
};

const inLanguage = (words: Readonly<Record<string, string>>, tag: string): string =>
  words[tag.split('-')[0] ?? ''] ?? words['en'] ?? '';

/** The word and the sentence of a verb in a language, in English where we have none. */
export const endingWords = (ending: Ending, language: string): { word: string; sentence: string } => ({
  word: inLanguage(WORDS[ending], language),
  sentence: inLanguage(SENTENCES[ending], language),
});

/**
 * The messages of a thread that still stand, oldest first: alerts and updates that no later update or cancel names. A cancel, an
 * acknowledgement and an error stand for nothing.
 */
export function liveMessages(thread: readonly LinkedMessage[]): CapReference[] {
  const replaced = new Set(
    thread
      .filter(({ msgType }) => msgType === 'Update' || msgType === 'Cancel')
      .flatMap(({ references }) => references.map(keyOf)),
  );
  return thread
    .filter(({ msgType }) => msgType === 'Alert' || msgType === 'Update')
    .filter((message) => !replaced.has(keyOf(message)))
    .map(({ sender, identifier, sent }) => ({ sender, identifier, sent }));
}

/** One message of all: CAP names it by its sender, identifier and time together. */
const keyOf = ({ sender, identifier, sent }: CapReference): string => JSON.stringify([sender, identifier, sent]);
