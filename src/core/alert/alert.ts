import type { AlertArea } from '../area/alert-area.js';
import type { ItemContent } from '../incident/item-body.js';
import { markedTexts } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';
import type { Finding } from '../wire/problem.js';
import { endingWords, type Ending } from './life-cycle.js';
import { realityFindings } from './reality-words.js';

/** Values of CAP 1.2 (OASIS Standard, 1 July 2010), section 3.2, in the order of the standard. */
export const CATEGORIES = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const;
export const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;
export const STATUSES = ['Actual', 'Exercise', 'Test'] as const;

export interface AlertInfo {
  language: string;
  headline: string;
  description?: string;
  instruction?: string;
}

/** A standard phrase by its id, with what fills its slots: a text, or the names by language. */
export interface PhraseUse {
  id: string;
  slots?: Partial<Record<string, string | Names>>;
}

/** What a sender says; everything else of a CAP message follows from the run and the thread. */
export interface AlertMessage {
  event: string;
  category: (typeof CATEGORIES)[number];
  urgency: (typeof URGENCIES)[number];
  severity: (typeof SEVERITIES)[number];
  certainty: (typeof CERTAINTIES)[number];
  status?: (typeof STATUSES)[number];
  info: AlertInfo[];
  areas?: AlertArea[];
  expires?: string;
  /** The phrase that filled in what the sender left out; kept so that others can render it in their own way. */
  phrase?: PhraseUse;
  /** Whether and how this message ends or corrects what the thread said before. */
  ending?: Ending;
}

const STATUS_OF_MODE: Record<Mode, (typeof STATUSES)[number]> = {
  test: 'Test',
  exercise: 'Exercise',
  actual: 'Actual',
};

/** The CAP status of whatever a run of that mode sends. */
export const statusOf = (mode: Mode): (typeof STATUSES)[number] => STATUS_OF_MODE[mode];

/** Unicode's embeddings, overrides and isolates: invisible, and able to show a text in another order than it is written. */
const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;

/** Everything that keeps a message from being sent in a run of this mode. */
export function alertFindings(message: AlertMessage, mode: Mode): Finding[] {
  const findings: Finding[] = [];
  if (message.status !== undefined && message.status !== statusOf(mode)) {
    findings.push({
      rule: 'STATUS_MODE',
      path: 'status',
      message: `This run sends ${statusOf(mode)} messages only; leave status out or send to another run`,
    });
  }
  const seen = new Set<string>();
  message.info.forEach(({ language, headline, description, instruction }, index) => {
    if (headline.trim() === '') {
      findings.push({
        rule: 'TEXT_BLANK',
        path: `info[${index}].headline`,
        message: 'Write a headline that says something',
      });
    }
    if ([headline, description, instruction].some((text) => TURNS_DIRECTION.test(text ?? ''))) {
      findings.push({
        rule: 'TEXT_DIRECTION',
        path: `info[${index}]`,
        message: 'Remove the characters that turn the direction of writing; they can hide the marker of a drill',
      });
    }
    if (seen.has(language)) {
      findings.push({ rule: 'LANGUAGE_TWICE', path: `info[${index}].language`, message: `Give ${language} once only` });
    }
    seen.add(language);
  });
  return [...findings, ...realityFindings(message, mode)];
}

/**
 * The words of a message that ends or corrects an alert: the headline opens with the word of its verb in each language, so that a
 * correction, a cancellation and an all-clear are told apart at a glance, whoever wrote them.
 */
export const endedInfo = ({ info, ending }: Pick<AlertMessage, 'info' | 'ending'>): AlertInfo[] =>
  ending === undefined
    ? info
    : info.map((block) => {
        const { word } = endingWords(ending, block.language);
        return block.headline.startsWith(word) ? block : { ...block, headline: `${word}: ${block.headline}` };
      });

/**
 * What consoles show of a message, with who issued it. A message that is not real says so first and last in each of its languages, whoever wrote
 * it: a drill that looks real is worse than no drill.
 */
export function alertContent(message: AlertMessage, mode: Mode, issuer?: Names): ItemContent {
  const texts: Texts = Object.fromEntries(
    endedInfo(message).map(({ language, headline, description, instruction }) => {
      const detail = [description, instruction].filter((part) => part !== undefined).join('\n');
      return [language, detail ? { headline, description: detail } : { headline }];
    }),
  );
  return {
    mode,
    texts: markedTexts(mode, texts),
    ...(issuer ? { actor: issuer } : {}),
    severity: message.severity,
    urgency: message.urgency,
    certainty: message.certainty,
    ...(message.areas ? { areas: message.areas } : {}),
  };
}
