import { messagesFor, UI_LANGUAGES, wordFor } from './catalogue.js';

const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}/${key}`))
    : [path];

describe('catalogues', () => {
  const english = messagesFor('en-US');

  it.each(UI_LANGUAGES)('%s has every message of the English one and leaves none empty', (tag) => {
    const messages = messagesFor(tag);
    expect(messages.language).toBe(tag);
    expect(keysOf(messages).sort()).toEqual(keysOf(english).sort());
    // Japanese joins the units of a length of time with nothing between them; nothing else may be empty.
    const { join, ...durationWords } = messages.desk.durationWords;
    expect(join.trim()).toBe('');
    const shown = { ...messages, desk: { ...messages.desk, durationWords } };
    expect(JSON.stringify(shown)).not.toContain('""');
  });

  it.each(UI_LANGUAGES)(
    '%s has no word for an acknowledgement that a card also has for how sure something is',
    (tag) => {
      const { desk } = messagesFor(tag);
      const sure = Object.values(desk.certainty);
      for (const word of [desk.acknowledged, desk.acknowledge, desk.allAcknowledged]) {
        expect(sure).not.toContain(word);
      }
      // On a watch floor these two mean that the news itself is not verified.
      expect(desk.unacknowledged(3)).not.toMatch(/^(未確認|미확인)/);
    },
  );

  it.each(UI_LANGUAGES)('%s blames nobody for a notice that does not meet a rule', (tag) => {
    const { met, broken } = messagesFor(tag).desk.verdict;
    expect(broken).not.toMatch(/broken|violat|違反|위반/i);
    expect(broken).not.toBe(met);
  });

  it.each([
    ['ja', 'ja-JP'],
    ['KO-kr', 'ko-KR'],
    ['en-GB', 'en-US'],
    ['fr', 'en-US'],
    ['', 'en-US'],
  ])('for %p is %s', (tag, language) => {
    expect(messagesFor(tag).language).toBe(language);
  });

  it('shows a code that it does not know as it is', () => {
    expect(wordFor({ met: 'met' }, 'toString')).toBe('toString');
    expect(wordFor({ met: 'fulfilled' }, 'met')).toBe('fulfilled');
  });
});
