import { english } from '../announcement/announcement.phrases.en.js';
import { japanese } from '../announcement/announcement.phrases.ja.js';
import { korean } from '../announcement/announcement.phrases.ko.js';
import type { AnnouncementPhrases } from '../announcement/announcement.phrases.js';
import { zoneTimeOf } from '../announcement/announcement.time.js';
import { stateNames } from '../announcement/state-names.js';
import { markedTexts } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';
import type { Declaration } from './restraint.js';
import { LEDGER_LANGUAGES, RESTRAINT_WORDS, type LedgerLanguage } from './restraint.words.js';

/** What a declaration says, in one language, with its parts put into words. */
interface Facts {
  readonly party: string;
  readonly acts: string;
  readonly against?: string;
  readonly unlessAttacked: boolean;
  readonly attackers?: string;
  readonly inArea: boolean;
  readonly from: string;
  readonly until?: string;
}

interface Sentences {
  readonly phrases: AnnouncementPhrases;
  readonly separator: string;
  stated(facts: Facts): { headline: string; description: string };
  withdrawn(facts: Facts): { headline: string; description: string };
}

const SENTENCES: Record<LedgerLanguage, Sentences> = {
  'ja-JP': {
    phrases: japanese,
    separator: '、',
    stated: (facts) => ({ headline: `自制の宣言：${facts.party}`, description: japaneseTerms(facts) }),
    withdrawn: (facts) => ({
      headline: `自制の宣言を撤回：${facts.party}`,
      description: `${facts.party}、次の宣言を撤回。${japaneseTerms(facts)}`,
    }),
  },
  'ko-KR': {
    phrases: korean,
    separator: ', ',
    stated: (facts) => ({ headline: `자제 선언: ${facts.party}`, description: koreanTerms(facts) }),
    withdrawn: (facts) => ({
      headline: `자제 선언 철회: ${facts.party}`,
      description: `${facts.party}, 다음 선언을 철회함. ${koreanTerms(facts)}`,
    }),
  },
  'en-US': {
    phrases: english,
    separator: ', ',
    stated: (facts) => ({ headline: `Declaration of restraint: ${facts.party}`, description: englishTerms(facts) }),
    withdrawn: (facts) => ({
      headline: `Declaration of restraint withdrawn: ${facts.party}`,
      description: `${facts.party} withdraws this declaration. ${englishTerms(facts)}`,
    }),
  },
};

function japaneseTerms({ party, acts, against, unlessAttacked, attackers, inArea, from, until }: Facts): string {
  const condition = unlessAttacked ? `${attackers ? `${attackers}から` : ''}攻撃を受けない限り、` : '';
  const where = inArea ? '指定区域において、' : '';
  const term = until === undefined ? `${from}から。` : `${from}から${until}まで。`;
  return `${party}は${condition}${where}${against ? `${against}に対し、` : ''}次の行為を行わない：${acts}。期間：${term}`;
}

function koreanTerms({ party, acts, against, unlessAttacked, attackers, inArea, from, until }: Facts): string {
  const condition = unlessAttacked ? `${attackers ? `${attackers}의 ` : ''}공격을 받지 않는 한 ` : '';
  const where = inArea ? '지정 구역에서 ' : '';
  const term = until === undefined ? `${from}부터.` : `${from}부터 ${until}까지.`;
  return `${party}, ${condition}${where}${against ? `${against}에 대해 ` : ''}다음 행위를 하지 않음: ${acts}. 기간: ${term}`;
}

function englishTerms({ party, acts, against, unlessAttacked, attackers, inArea, from, until }: Facts): string {
  const condition = unlessAttacked ? `, unless attacked${attackers ? ` by ${attackers}` : ''}` : '';
  const where = `${inArea ? ' in the area given' : ''}${against ? ` towards ${against}` : ''}`;
  const term = until === undefined ? `From ${from}.` : `From ${from} until ${until}.`;
  return `${party} will not do this${where}${condition}: ${acts}. ${term}`;
}

/**
 * What desks read of a declaration that is stated or withdrawn, in every shipped language. In a run that is not actual the marker
 * of its mode stands first and last in every text.
 */
export function declarationTexts(
  mode: Mode,
  declaration: Declaration,
  stage: 'stated' | 'withdrawn',
  namesOf: (party: string) => Names | undefined = () => undefined,
): Texts {
  const texts = LEDGER_LANGUAGES.map((language) => {
    const sentences = SENTENCES[language];
    return [language, sentences[stage](factsOf(declaration, language, sentences, namesOf))] as const;
  });
  return markedTexts(mode, Object.fromEntries(texts));
}

function factsOf(
  { party, acts, against, unless, area, from, until }: Declaration,
  language: LedgerLanguage,
  { phrases, separator }: Sentences,
  namesOf: (party: string) => Names | undefined,
): Facts {
  const name = (code: string): string => stateNames(code, namesOf(code))[language] ?? code;
  const list = (codes: readonly string[] | undefined): string | undefined => codes?.map(name).join(separator);
  const time = (at: RunTime): string => phrases.time(zoneTimeOf(at, 'UTC'), zoneTimeOf(at, phrases.timeZone));
  return {
    party: name(party),
    acts: acts.map((act) => RESTRAINT_WORDS[language].acts[act]).join(separator),
    against: list(against),
    unlessAttacked: unless !== undefined,
    attackers: list(unless?.by),
    inArea: area !== undefined,
    from: time(from),
    until: until === undefined ? undefined : time(until),
  };
}
