import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseScenario } from '../scenario/scenario.parse.js';
import { ledgerOf } from './ledger.js';
import { RESTRAINT_WORDS } from './restraint.words.js';
import { declarationsOf, logOf } from './scenario-log.js';

const FILE = fileURLToPath(new URL('../../../scenarios/yeonpyeong-2010/scenario.yaml', import.meta.url));

function yeonpyeong() {
  const parsed = parseScenario(readFileSync(FILE, 'utf8'));
  if (!('scenario' in parsed)) {
    throw new Error('The scenario is not right.');
  }
  const { scenario } = parsed;
  return { scenario, ledger: ledgerOf(declarationsOf(scenario), logOf(scenario).map(({ act }) => act)) }; // prettier-ignore
}

describe('the ledger of Yeonpyeong', () => {
  const { scenario, ledger } = yeonpyeong();

  it('tells each act in the order of time', () => {
    expect(ledger.acts.map(({ id, act, by, judgements }) => [id, act, by, judgements.map(({ verdict }) => verdict).join()])).toEqual([
      ['dprk-warning-message', 'warn', 'KP', 'kept'],
      ['drill-begins', 'drill-fire', 'KR', 'kept'],
      ['dprk-claimed-shell-fall', 'fire-across-line', 'KR', 'disputed'],
      ['drill-ends', 'cease', 'KR', 'kept'],
      ['first-barrage', 'fire', 'KP', 'disputed'],
      ['first-barrage-ends', 'cease', 'KP', 'kept'],
      ['first-return-fire', 'fire', 'KR', 'answered'],
      ['first-return-fire-ends', 'cease', 'KR', 'kept'],
      ['second-barrage', 'fire', 'KP', 'disputed'],
      ['second-return-fire', 'fire', 'KR', 'answered'],
      ['firing-stops', 'cease', 'KP', 'kept'],
      ['firing-stops.2', 'cease', 'KR', 'kept'],
    ]);
  }); // prettier-ignore

  it('says that first use is disputed, and between which acts', () => {
    expect(ledger.firstUse).toEqual([
      { between: ['KP', 'KR'], verdict: 'disputed', first: ['first-barrage'], disputed: ['dprk-claimed-shell-fall'] },
    ]);
  });

  it('gives the answers with the time that had passed: 14:34 to 14:47 or 14:49, 15:10 or 15:12 to 15:25', () => {
    const answers = ledger.acts.flatMap(({ judgements }) => judgements.flatMap(({ act, answers: to }) => (to ? [[act, to.act, to.gapMs]] : [])));
    expect(answers).toEqual([
      ['first-return-fire', 'first-barrage', [13 * 60_000, 15 * 60_000]],
      ['second-return-fire', 'second-barrage', [13 * 60_000, 15 * 60_000]],
    ]);
  }); // prettier-ignore

  it('keeps what each side says beside the other, each with its sources', () => {
    const { claims } = ledger.acts.find(({ id }) => id === 'dprk-claimed-shell-fall') ?? { claims: [] };
    expect(claims.map(({ by, says, sources }) => [by, says, sources])).toEqual([
      ['KP', 'fire-across-line', ['hani1', 'ldp1']],
      ['KR', 'drill-fire', ['et1', 'hit1']],
    ]);
  });

  it('asks the same of both sides, and says that neither stated it', () => {
    const [dprk, rok] = scenario.declarations;
    expect([dprk?.basis, rok?.basis]).toEqual(['posed', 'posed']);
    expect({ ...dprk, id: '', party: '', against: [], note: '' }).toEqual({ ...rok, id: '', party: '', against: [], note: '' });
  }); // prettier-ignore

  it('judges nobody in its words', () => {
    const words = JSON.stringify([RESTRAINT_WORDS, ledger]);
    expect(words).not.toMatch(/guilt|blame|aggress|provo|violat|illegal|unlawful|挑発|違反|侵略|도발|위반|침략/i);
  });
});
