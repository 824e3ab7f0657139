import { stateNames } from '../core/announcement/state-names.js';
import { RESTRAINT_WORDS } from '../core/restraint/restraint.words.js';
import type { Judgement } from '../core/restraint/restraint.js';
import type { ClaimedAct } from '../core/restraint/log-acts.js';
import { clockTime, isoDate, timeWithZone } from '../core/time/zone-time.js';
import { runTimeOf } from '../core/time/time.js';
import type { Ledger, LedgerAct, LedgerDeclaration } from '../core/wire/restraint.js';
import { printable, table } from './columns.js';
import { timeIn } from './time-format.js';

const WORDS = RESTRAINT_WORDS['en-US'];
const MINUTE_MS = 60_000;

const state = (code: string): string => stateNames(code)['en-US'] ?? code;
const states = (codes: readonly string[]): string => codes.map(state).join(', ');
const act = (id: ClaimedAct): string => WORDS.acts[id];

/** A ledger for a terminal: declarations, acts in the order of time, who was first, and what it stands on. */
export function ledgerLines(ledger: Ledger, timeZone: string, width: number): string[] {
  const { declarations, acts, firstUse, assumptions } = ledger;
  return [
    ...declarations.flatMap((each) => declarationLines(each, timeZone)),
    ...(declarations.length === 0 ? ['No declaration of restraint.', ''] : []),
    ...table(
      [['began', 'act', 'by > upon', 'where', 'stands', 'why, and from which sources'], ...acts.map((each) => actRow(each, timeZone))],
      width,
      5,
    ),
    '',
    ...(firstUse.length === 0 ? ['First use of force: none logged.'] : firstUse.map(firstUseLine(acts, timeZone))),
    `"about" is taken as within ${assumptions.approximateMs / MINUTE_MS} minutes, an assumption. An answer is no attack itself.`,
    'This compares statements with a log. It does not say who is to blame, nor what was lawful.',
  ]; // prettier-ignore
}

function declarationLines(declaration: LedgerDeclaration, timeZone: string): string[] {
  const { id, party, basis, acts, against, unless, from, until, withdrawnAt, counts, note } = declaration;
  const time = (iso: string): string => timeIn(timeZone, runTimeOf(iso));
  const terms = [
    `no ${acts.map(act).join(', no ')}`,
    against ? `towards ${states(against)}` : '',
    declaration.area ? 'in an area' : '',
    unless ? `unless attacked${unless.by ? ` by ${states(unless.by)}` : ''}` : '',
    unless?.withinMs === undefined ? '' : `within ${unless.withinMs / MINUTE_MS} minutes before`,
  ].filter(Boolean);
  const stands = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict.replace('-', ' ')}`);
  return [
    `${id} (${basis}): ${state(party)}: ${terms.join(' ')}`,
    `  from ${time(from)}${until === undefined ? '' : ` until ${time(until)}`}${withdrawnAt === undefined ? '' : `, withdrawn ${time(withdrawnAt)}`}`,
    `  its acts: ${stands.join(', ')}`,
    ...(note === undefined ? [] : [`  ${printable(note)}`]),
    '',
  ]; // prettier-ignore
}

function actRow(logged: LedgerAct, timeZone: string): string[] {
  const { by, against, place, claims, judgements, sources } = logged;
  const why = [
    ...judgements.map(whyText),
    ...claims.map(({ by: who, says, sources: ids }) => `${state(who)} says: ${act(says)} (${ids.join(', ')})`),
    `[${sources.join(', ')}]`,
  ];
  return [
    whenText(logged, timeZone),
    `${act(logged.act)}${claims.length > 0 ? ' (disputed)' : ''}`,
    against.length > 0 ? `${state(by)} > ${states(against)}` : state(by),
    printable(place?.['en-US'] ?? ''),
    judgements.map(({ verdict }) => WORDS.verdicts[verdict]).join('\n') || '-',
    why.join('\n'),
  ];
}

/** `14:34`, or `14:47 to 14:49`; seconds where there are any. */
function whenText({ begins: { earliest, latest } }: LedgerAct, timeZone: string): string {
  const [first, last] = [runTimeOf(earliest), runTimeOf(latest)];
  const clock = (at: number): string => clockTime(at, timeZone).replace(/:00$/, '');
  const end = first === last ? '' : ` to ${clock(last)}`;
  return `${isoDate(first, timeZone)} ${clock(first)}${end} ${timeWithZone(first, timeZone).split(' ').at(-1)}`;
}

function whyText({ declaration, reason, answers, turnsOn, act: own }: Judgement): string {
  const gap = answers && `: ${answers.act}, ${gapText(answers.gapMs)} before`;
  const others = turnsOn.filter((id) => id !== own);
  return `${declaration}: ${WORDS.reasons[reason]}${gap ?? ''}${others.length > 0 ? `: ${others.join(', ')}` : ''}`;
}

function gapText([least, most]: readonly [number, number]): string {
  const minutes = (ms: number): string => String(Math.round((ms / MINUTE_MS) * 10) / 10);
  return least === most ? `${minutes(least)} min` : `${minutes(least)} to ${minutes(most)} min`;
}

const VERDICTS = { 'on-record': 'on record', disputed: 'disputed', 'cannot-tell': 'cannot tell' } as const;

const firstUseLine =
  (acts: readonly LedgerAct[], timeZone: string) =>
  ({ between, verdict, first, disputed }: Ledger['firstUse'][number]): string => {
    const named = (ids: readonly string[]): string =>
      acts
        .filter(({ id }) => ids.includes(id))
        .map((each) => `${state(each.by)}, ${act(each.act)}, ${whenText(each, timeZone)} (${each.id})`)
        .join('; ');
    const undisputed = first.length > 0 ? `first undisputed act: ${named(first)}` : 'no undisputed act';
    const open = disputed.length > 0 ? `; disputed, and not later: ${named(disputed)}` : '';
    return `First use of force, ${states(between)}: ${VERDICTS[verdict]}; ${undisputed}${open}.`;
  };
