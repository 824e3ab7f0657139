import { runTime } from '../time/time.js';
import { confirmationPhrase, isConfirmed } from './confirmation.js';
import { DRAFT_LIFETIME_MS, draftEndsAt, draftText, whyNotApproved, type Draft } from './draft.js';
import { preparedWords } from './prepared.js';
import { phraseOf } from '../phrase/phrases.js';
import { endingWords } from './life-cycle.js';

const AT = runTime(Date.parse('2026-05-01T00:00:00Z'));
const PHRASE = 'SEND ACTUAL Missile launch TO 3';
const draft = (over: Partial<Draft> = {}): Draft => ({
  state: 'awaiting-approval',
  authors: ['author'],
  hash: 'abc',
  draftedAt: AT,
  message: {},
  ...over,
});
const approve = (of: Draft, over: object = {}, afterMs = 1): string | undefined =>
  whyNotApproved(of, { by: 'second', hash: 'abc', typed: PHRASE, ...over }, PHRASE, runTime(AT + afterMs))?.code;

describe('the approval of a draft', () => {
  it('holds for a second person who read it and typed the phrase', () => {
    expect(approve(draft())).toBeUndefined();
    expect(approve(draft(), { typed: `  ${PHRASE.replace('SEND', 'ＳＥＮＤ')}\n` })).toBeUndefined();
  });

  it.each<[string, Draft, object, number, string]>([
    ['its author', draft({ authors: ['author', 'second'] }), {}, 1, 'SECOND_PERSON_REQUIRED'],
    ['who read another version', draft({ hash: 'def' }), {}, 1, 'DRAFT_CHANGED'],
    ['who typed in lower case', draft(), { typed: PHRASE.toLowerCase() }, 1, 'CONFIRMATION_WRONG'],
    [
      'who typed the phrase of a drill',
      draft(),
      { typed: 'EXERCISE ONLY Missile launch TO 3' },
      1,
      'CONFIRMATION_WRONG',
    ],
    ['who typed nothing', draft(), { typed: '' }, 1, 'CONFIRMATION_WRONG'],
    ['at its end', draft(), {}, DRAFT_LIFETIME_MS, 'DRAFT_EXPIRED'],
    ['of what expired itself', draft({ message: { expires: '2026-05-01T00:01:00Z' } }), {}, 60_000, 'DRAFT_EXPIRED'],
    ['of what was approved', draft({ state: 'approved' }), {}, 1, 'DRAFT_APPROVED'],
    ['of what was rejected', draft({ state: 'rejected' }), {}, 1, 'DRAFT_REJECTED'],
    ['of what was withdrawn', draft({ state: 'withdrawn' }), {}, 1, 'DRAFT_WITHDRAWN'],
  ])('does not hold for %s', (_, of, over, afterMs, code) => {
    expect(approve(of, over, afterMs)).toBe(code);
  });

  it('holds until just before its end', () => {
    expect(approve(draft(), {}, DRAFT_LIFETIME_MS - 1)).toBeUndefined();
    expect(draftEndsAt(draft({ message: { expires: '2027-01-01T00:00:00Z' } }))).toBe(AT + DRAFT_LIFETIME_MS);
  });

  it('is of the content, in whatever order its fields were stored', () => {
    const message = {
      event: 'a',
      category: 'Security',
      urgency: 'Past',
      severity: 'Minor',
      certainty: 'Likely',
    } as const;
    const info = [{ language: 'en-US', headline: 'x', description: 'y' }];
    const turned = [{ description: 'y', headline: 'x', language: 'en-US' }];
    const text = draftText({ act: 'alert', message: { ...message, info } });
    expect(draftText({ message: { info: turned, ...message }, act: 'alert' })).toBe(text);
    expect(draftText({ act: 'update', message: { ...message, info } })).not.toBe(text);
    expect(draftText({ act: 'alert', message: { ...message, info, event: 'b' } })).not.toBe(text);
  });
});

describe('the phrase that is typed', () => {
  it.each([
    ['ja-JP', '実発令 Launch 宛先3', '訓練発令 Launch 宛先3'],
    ['ko-KR', '실제 발령 Launch 수신처 3', '훈련 발령 Launch 수신처 3'],
    ['en-US', 'SEND ACTUAL Launch TO 3', 'EXERCISE ONLY Launch TO 3'],
    ['fr-FR', 'SEND ACTUAL Launch TO 3', 'EXERCISE ONLY Launch TO 3'],
  ])('in %s names mode, event and audiences, and no two modes share it', (language, actual, exercise) => {
    const phrase = (mode: 'actual' | 'exercise' | 'test'): string =>
      confirmationPhrase({ mode, event: 'Launch', audienceCount: 3, language });
    expect([phrase('actual'), phrase('exercise')]).toEqual([actual, exercise]);
    expect(new Set([phrase('actual'), phrase('exercise'), phrase('test')]).size).toBe(3);
    expect(isConfirmed(phrase('test'), phrase('actual'))).toBe(false);
  });
});

describe('the words that are prepared', () => {
  it('are there in every language, and a false alarm says more than a cancellation', () => {
    const { cancellation, falseAlarm } = preparedWords(['ja-JP', 'ko-KR', 'en-US', 'fr-FR']);
    expect(cancellation.map(({ language }) => language)).toEqual(['ja-JP', 'ko-KR', 'en-US', 'fr-FR']);
    expect(cancellation.map(({ headline }) => headline)).toEqual(
      ['ja', 'ko', 'en', 'en'].map((language) => endingWords('cancellation', language).sentence),
    );
    const texts = phraseOf('false-alarm')?.texts;
    const same = [texts?.['ja-JP'], texts?.['ko-KR'], texts?.['en-US'], texts?.['en-US']];
    expect(falseAlarm.map(({ headline, description }) => ({ headline, description }))).toEqual(
      same.map((text) => ({ headline: text?.headline, description: text?.description })),
    );
  });
});
