import { compareEnUs, type CompareMessages } from './compare.en-US.js';
import { compareJaJp } from './compare.ja-JP.js';
import { compareKoKr } from './compare.ko-KR.js';
import { controlEnUs, type ControlMessages } from './control.en-US.js';
import { controlJaJp } from './control.ja-JP.js';
import { controlKoKr } from './control.ko-KR.js';
import { deskEnUs, type DeskMessages } from './desk.en-US.js';
import { deskJaJp } from './desk.ja-JP.js';
import { deskKoKr } from './desk.ko-KR.js';
import { formEnUs, type FormMessages } from './form.en-US.js';
import { formJaJp } from './form.ja-JP.js';
import { formKoKr } from './form.ko-KR.js';
import { publicEnUs, type PublicMessages } from './public.en-US.js';
import { publicJaJp } from './public.ja-JP.js';
import { publicKoKr } from './public.ko-KR.js';
import { sendEnUs, type SendMessages } from './send.en-US.js';
import { sendJaJp } from './send.ja-JP.js';
import { sendKoKr } from './send.ko-KR.js';

export const UI_LANGUAGES = ['ja-JP', 'ko-KR', 'en-US'] as const;
export type UiLanguage = (typeof UI_LANGUAGES)[number];

export interface Messages {
  language: UiLanguage;
  desk: DeskMessages;
  public: PublicMessages;
  control: ControlMessages;
  send: SendMessages;
  form: FormMessages;
  compare: CompareMessages;
}

const CATALOGUES: Record<UiLanguage, Messages> = {
  'ja-JP': {
    language: 'ja-JP',
    desk: deskJaJp,
    public: publicJaJp,
    control: controlJaJp,
    send: sendJaJp,
    form: formJaJp,
    compare: compareJaJp,
  },
  'ko-KR': {
    language: 'ko-KR',
    desk: deskKoKr,
    public: publicKoKr,
    control: controlKoKr,
    send: sendKoKr,
    form: formKoKr,
    compare: compareKoKr,
  },
  'en-US': {
    language: 'en-US',
    desk: deskEnUs,
    public: publicEnUs,
    control: controlEnUs,
    send: sendEnUs,
    form: formEnUs,
    compare: compareEnUs,
  },
};

/** The catalogue for a BCP 47 tag: by its primary language, and English for a language that has none here. */
export function messagesFor(tag: string): Messages {
  const primary = tag.toLowerCase().split('-')[0];
  const language = UI_LANGUAGES.find((entry) => entry.split('-')[0] === primary) ?? 'en-US';
  return CATALOGUES[language];
}

/** The word for a code of the wire, or the code itself when this console does not know it yet. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
