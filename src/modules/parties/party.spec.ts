import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../platform/config/project-root.js';
import { partiesSchema, type Party } from './party.js';

const shipped = (): { parties: Party[] } =>
  parse(readFileSync(join(PROJECT_ROOT, 'config', 'parties.yaml'), 'utf8')) as { parties: Party[] };

/** What an administrator writes to add a party. */
const block = (id: string, language: string, timeZone: string): Party => {
  const prefix = id.toLowerCase();
  return {
    id,
    names: { 'en-US': `Party ${id}`, [language]: `Party ${id}` },
    agencies: [{ id: `${prefix}-ops`, names: { 'en-US': 'Operations' } }],
    desks: [
      {
        id: `${prefix}-ops`,
        agency: `${prefix}-ops`,
        names: { 'en-US': 'Operations desk' },
        language,
        timeZone,
        duties: ['receive'],
      },
    ],
  };
};

const faultsOf = (parties: unknown[]): string[] => {
  const parsed = partiesSchema.safeParse({ parties });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

/** The faults of the shipped file after a change of its first party, JP. */
const faultsAfter = (change: (jp: Party, others: Party[]) => void): string[] => {
  const { parties } = shipped();
  const [jp, ...others] = parties;
  change(jp!, others);
  return faultsOf(parties);
};

describe('the shipped parties', () => {
  const { parties } = partiesSchema.parse(shipped());

  it('are Japan, the Republic of Korea and the United States, each with two agencies and a desk for each', () => {
    expect(
      parties.map(({ id, agencies, desks }) => [id, agencies.map((each) => each.id), desks.map((each) => each.id)]),
    ).toEqual([
      ['JP', ['jp-cas', 'jp-mod'], ['jp-cas', 'jp-mod']],
      ['KR', ['kr-jcs', 'kr-mois'], ['kr-jcs', 'kr-mois']],
      ['US', ['us-indopacom', 'us-usfk'], ['us-indopacom', 'us-usfk']],
    ]);
  });

  it.each([
    ['jp-cas', 'ja-JP', 'Asia/Tokyo'],
    ['jp-mod', 'ja-JP', 'Asia/Tokyo'],
    ['kr-jcs', 'ko-KR', 'Asia/Seoul'],
    ['kr-mois', 'ko-KR', 'Asia/Seoul'],
    ['us-indopacom', 'en-US', 'Pacific/Honolulu'],
    ['us-usfk', 'en-US', 'Asia/Seoul'],
  ])('the desk %s reads %s in %s', (id, language, timeZone) => {
    const desk = parties.flatMap(({ desks }) => desks).find((each) => each.id === id);
    expect(desk).toMatchObject({ agency: id, language, timeZone });
  });

  it('have every name in the three languages', () => {
    const names = parties.flatMap((party) => [
      party.names,
      ...party.agencies.map((each) => each.names),
      ...party.desks.map((each) => each.names),
    ]);
    expect(new Set(names.map((each) => Object.keys(each).sort().join()))).toEqual(new Set(['en-US,ja-JP,ko-KR']));
  });

  it('have a desk in each capital that decides', () => {
    const deciding = parties.filter(({ desks }) => desks.some(({ duties }) => duties.includes('decide')));
    expect(deciding.map(({ id }) => id)).toEqual(['JP', 'KR', 'US']);
  });
});

describe('a further party', () => {
  it.each([
    ['TW', 'zh-TW', 'Asia/Taipei'],
    ['UN', 'fr', 'America/New_York'],
  ])('%s is a block more in the file, with a language of its own', (id, language, timeZone) => {
    const parties = [...shipped().parties, block(id, language, timeZone)];
    expect(faultsOf(parties)).toEqual([]);
    expect(partiesSchema.parse({ parties }).parties.map((party) => party.id)).toEqual(['JP', 'KR', 'US', id]);
  });

  it('may have no desk: it is then told nothing, and may still be an actor', () => {
    expect(faultsOf([{ ...block('UN', 'fr', 'UTC'), desks: [] }])).toEqual([]);
  });
});

describe('a parties file that is not right', () => {
  it.each<[string, (jp: Party, others: Party[]) => void, string]>([
    [
      'a party twice',
      (jp, [kr]) => Object.assign(kr!, { ...jp, agencies: kr!.agencies, desks: [] }),
      ': JP is there twice',
    ],
    ['an agency twice', (jp) => jp.agencies.push(jp.agencies[0]!), ': agency jp-cas is there twice'],
    ['a desk twice', (jp) => jp.desks.push(jp.desks[1]!), ': desk jp-mod is there twice'],
    ['an agency of another party', (jp) => (jp.agencies[1]!.id = 'kr-mod'), ': kr-mod must begin with jp-'],
    ['a desk of another party', (jp) => (jp.desks[1]!.id = 'us-mod'), ': us-mod must begin with jp-'],
    [
      'a desk whose agency is missing',
      (jp) => (jp.desks[1]!.agency = 'jp-none'),
      ': desk jp-mod names the agency jp-none, which is not there',
    ],
    [
      "a desk of another party's agency",
      (jp) => (jp.desks[1]!.agency = 'kr-jcs'),
      ': desk jp-mod names the agency kr-jcs, which is not there',
    ],
    ['a party id in lower case', (jp) => (jp.id = 'jp'), 'parties.0.id: use two capital letters, as in JP'],
    ['a party id of three letters', (jp) => (jp.id = 'JPN'), 'parties.0.id: use two capital letters, as in JP'],
    [
      'an agency id without its party',
      (jp) => (jp.agencies[0]!.id = 'cas'),
      'parties.0.agencies.0.id: use the party in lower case, a hyphen and a name, as in jp-cas',
    ],
    [
      'a time zone that there is not',
      (jp) => (jp.desks[0]!.timeZone = 'Asia/Edo'),
      'parties.0.desks.0.timeZone: use an IANA time zone, as in Asia/Tokyo',
    ],
    [
      'a language that is no tag',
      (jp) => (jp.desks[0]!.language = 'Japanese'),
      'parties.0.desks.0.language: use a BCP 47 tag, as in ja-JP',
    ],
  ])('names %s', (_, change, fault) => {
    expect(faultsAfter(change)).toContain(fault);
  });

  it.each<[string, (jp: Party) => void, string]>([
    ['no agency', (jp) => (jp.agencies = []), 'parties.0.agencies'],
    ['a desk without duties', (jp) => (jp.desks[0]!.duties = []), 'parties.0.desks.0.duties'],
    ['a duty that there is not', (jp) => jp.desks[0]!.duties.push('rest' as 'decide'), 'parties.0.desks.0.duties.3'],
    ['an empty name', (jp) => (jp.names['ja-JP'] = ' '), 'parties.0.names.ja-JP'],
    ['a field that is misspelt', (jp) => Object.assign(jp.desks[0]!, { timezone: 'Asia/Tokyo' }), 'parties.0.desks.0'],
  ])('says where: %s', (_, change, where) => {
    expect(faultsAfter(change).map((fault) => fault.split(': ')[0])).toContain(where);
  });

  it('is one that names nobody, or anything but parties', () => {
    expect(faultsOf([])).not.toEqual([]);
    expect(partiesSchema.safeParse({ ...shipped(), desks: [] }).success).toBe(false);
    expect(partiesSchema.safeParse(null).success).toBe(false);
  });

  it('has all its faults named at once', () => {
    const faults = faultsAfter((jp) => {
      jp.desks[0]!.agency = 'jp-none';
      jp.desks[1]!.id = 'us-mod';
    });
    expect(faults).toHaveLength(2);
  });
});
