import { newEntry, phrasesFor, previewOf, requestOf, withPhrase, wordsOf, type AlertEntry } from './alert-entry.js';

const GRADES = { severity: 'Extreme', urgency: 'Immediate', certainty: 'Observed' };
const own = (headline: string): NonNullable<AlertEntry['own']['en-US']> => ({
  headline,
  description: '',
  instruction: '',
});
const OWN: AlertEntry = {
  ...newEntry('issue'),
  ...GRADES,
  event: 'Missile launch',
  own: { 'ja-JP': own('ミサイル発射'), 'ko-KR': own('미사일 발사'), 'en-US': own('Missile launch') },
};

describe('what is entered for an alert', () => {
  it('is graded by nobody at first', () => {
    expect(newEntry('issue')).toMatchObject({ severity: '', urgency: '', certainty: '', phrase: '' });
  });

  it('takes words and grades from a phrase, with its slots and the areas', () => {
    const entry: AlertEntry = {
      ...withPhrase(newEntry('issue'), 'launch'),
      areas: ['JP-01', 'JP-02'],
      slots: { time: '07:29', place: 'areas' },
    };
    expect(requestOf(entry)).toEqual({
      ...GRADES,
      event: expect.any(String) as string,
      phrase: { id: 'launch', slots: { time: '07:29', place: 'JP-01,JP-02' } },
      areas: [{ iso: 'JP-01' }, { iso: 'JP-02' }],
    });
    const { texts, faults, warnings } = previewOf(entry, 'exercise');
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
    expect(texts['ja-JP']?.description).toContain('対象地域：北海道、青森県。');
    expect(texts['ko-KR']?.description).toContain('오전 7시 29분');
    for (const [language, marker] of [
      ['ja-JP', '【訓練】'],
      ['ko-KR', '[훈련]'],
      ['en-US', 'EXERCISE'],
    ] as const) {
      const headline = texts[language]?.headline ?? '';
      expect([headline.startsWith(marker), headline.endsWith(marker)]).toEqual([true, true]);
    }
  });

  it('keeps own words of one language beside a phrase', () => {
    const entry = { ...withPhrase(newEntry('issue'), 'launch'), own: { 'ko-KR': own('직접 쓴 문구') } };
    expect(requestOf(entry).info).toEqual([{ language: 'ko-KR', headline: '직접 쓴 문구' }]);
    expect(wordsOf(entry)['ja-JP'].headline).toBe('ミサイル発射。ミサイル発射。');
    expect(previewOf(entry, 'test').texts['ko-KR']?.headline).toContain('직접 쓴 문구');
  });

  it('is judged as the service judges it', () => {
    const rules = (entry: AlertEntry, mode: 'exercise' | 'test' = 'exercise'): string[] => {
      const { faults, warnings } = previewOf(entry, mode);
      return [...faults, ...warnings].map(({ rule }) => rule);
    };
    expect(rules(OWN)).toEqual([]);
    expect(rules({ ...OWN, own: { ...OWN.own, 'en-US': own('Launch. This is not a drill.') } })).toContain(
      'CLAIMS_REALITY',
    );
    expect(rules({ ...OWN, own: { ...OWN.own, 'ko-KR': own('ミサイル発射') } })).toContain('WRONG_SCRIPT');
    expect(rules({ ...withPhrase(newEntry('issue'), 'launch'), slots: { time: '7 o’clock' } })).toEqual([
      'PHRASE_SLOT_FORM',
    ]);
    expect(rules(withPhrase(newEntry('issue'), 'test'))).toContain('PHRASE_MODE');
    expect(rules(withPhrase(newEntry('update'), 'false-alarm'))).toContain('PHRASE_ACT');
  });

  it('ends or corrects an alert by its own verb, whose word opens every language', () => {
    const correction = newEntry('correction');
    const over = newEntry('all-clear');
    expect([requestOf(correction).ending, requestOf(over).ending, requestOf(newEntry('update')).ending]).toEqual([
      'correction',
      'all-clear',
      undefined,
    ]);
    const opening = (entry: AlertEntry): string[] =>
      Object.values(previewOf(entry, 'exercise').texts).map(({ headline }) => headline);
    expect(opening(correction).join()).toMatch(/【訓練】訂正.*\[훈련\] 정정.*EXERCISE CORRECTION/);
    expect(opening(over).join()).toMatch(/【訓練】解除.*\[훈련\] 해제.*EXERCISE ALL CLEAR/);
  });

  it('is offered no phrase that the run or the verb does not take', () => {
    const ids = phrasesFor('issue', 'exercise').map(({ id }) => id);
    expect(ids).toContain('drill-start');
    expect(ids).not.toContain('test');
    expect(ids).not.toContain('false-alarm');
    for (const verb of ['issue', 'update', 'correction', 'all-clear'] as const) {
      for (const { id } of phrasesFor(verb, 'exercise')) {
        const { faults } = previewOf(withPhrase(newEntry(verb), id), 'exercise');
        expect({ verb, id, faults: faults.filter(({ rule }) => rule !== 'PHRASE_SLOT_MISSING') }).toEqual({
          verb,
          id,
          faults: [],
        });
      }
    }
  });
});
