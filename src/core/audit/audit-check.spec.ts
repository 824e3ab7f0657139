import fc from 'fast-check';
import { AUDIT_START, sealRows, type AuditRow, type SealedRow } from './audit-chain.js';
import { AuditCheck, type AuditFinding, type UnsealedRow } from './audit-check.js';

/** Stands in for SHA-256, which the core does not have: every byte and its place change the whole of it. */
function sha256(bytes: Uint8Array): Uint8Array {
  let state = 0x811c9dc5;
  bytes.forEach((byte) => (state = Math.imul(state ^ byte, 0x01000193) >>> 0));
  return Uint8Array.from({ length: 32 }, () => {
    state = Math.imul(state ^ (state >>> 13), 0x5bd1e995) >>> 0;
    return state & 0xff;
  });
}

/** A row a second, numbered by tens. */
const row = (index: number, more: Partial<AuditRow> = {}): AuditRow => ({
  id: String(10 * index),
  at: new Date(Date.UTC(2031, 0, 1) + index * 1000).toISOString(),
  who: 'jp-cas',
  role: 'officer',
  action: 'alert.issued',
  run: 'live',
  detail: `{"n": ${index}}`,
  ...more,
});
const rows = (count: number): AuditRow[] => Array.from({ length: count }, (_, index) => row(index + 1));
const seal = (content: readonly AuditRow[]): SealedRow[] => sealRows(AUDIT_START, content, sha256);

/** Checkpoints at every fifth position, as they were signed of the record when it was whole. */
const WHOLE = seal(rows(20));
const SIGNED = new Map(WHOLE.filter(({ seq }) => seq % 5 === 0).map(({ seq, chainHash }) => [seq, chainHash]));

function check(links: readonly SealedRow[], unsealed: readonly UnsealedRow[] = []): readonly AuditFinding[] {
  const checking = new AuditCheck(SIGNED, sha256);
  // In two pages, as it is read.
  checking.follow(links.slice(0, 7));
  checking.follow(links.slice(7));
  return checking.finish(unsealed);
}
const told = (findings: readonly AuditFinding[]): [string, ...string[]][] =>
  findings.map(({ fault, ids }) => [fault, ...ids]);
const at = (position: number, change: (link: SealedRow) => Partial<SealedRow>): SealedRow[] =>
  WHOLE.map((link) => (link.seq === position ? { ...link, ...change(link) } : link));

describe('a check of the record', () => {
  it('takes in more checkpoints than a call takes arguments', () => {
    const many = new Map(Array.from({ length: 200_000 }, (_, index) => [index + 1, '']));
    expect(told(new AuditCheck(many, sha256).finish([]))).toEqual([['TRUNCATED']]);
  });

  it('finds nothing in one that is whole', () => {
    expect(check(WHOLE)).toEqual([]);
  });

  it.each<[string, SealedRow[], [string, ...string[]][]]>([
    ['who did it was changed', at(8, ({ row: was }) => ({ row: { ...was!, who: 'kr-jcs' } })), [['CHANGED', '80']]],
    ['a detail was changed', at(8, ({ row: was }) => ({ row: { ...was!, detail: '{}' } })), [['CHANGED', '80']]],
    ['a row was taken out', at(8, () => ({ row: undefined })), [['REMOVED', '80']]],
    ['a row was taken out with its link', WHOLE.filter(({ seq }) => seq !== 8), [['REMOVED']]],
    [
      'two rows changed what they say',
      WHOLE.map((link) => (link.seq === 8 ? { ...link, row: { ...WHOLE[8]!.row!, id: '80' } } : link.seq === 9 ? { ...link, row: { ...WHOLE[7]!.row!, id: '90' } } : link)),
      [['REORDERED', '80', '90'], ['REORDERED', '90', '80']],
    ],
    [
      'two links changed places',
      [...WHOLE.slice(0, 7), { ...WHOLE[8]!, seq: 8 }, { ...WHOLE[7]!, seq: 9 }, ...WHOLE.slice(9)],
      [['REORDERED', '90', '80', '100']],
    ],
    ['a row was changed and its content sealed anew', at(8, () => ({ contentHash: seal([row(8, { who: 'x' })])[0]!.contentHash, row: row(8, { who: 'x' }) })), [['CHANGED', '80']]],
    ['a row was changed and all links computed anew', seal(rows(20).map((each) => (each.id === '80' ? { ...each, who: 'x' } : each))), [['FORGED', '50', '100']]],
    ['a row was taken out and all links computed anew', seal(rows(20).filter(({ id }) => id !== '80')), [['FORGED', '50', '110'], ['TRUNCATED']]],
    ['the checkpoints of the end were taken away', [...WHOLE, ...sealRows({ seq: 20, hash: WHOLE.at(-1)!.chainHash }, [row(21)], sha256)], [['UNSIGNED', '210']]],
    ['the end was taken away', WHOLE.slice(0, 17), [['TRUNCATED']]],
    ['everything was taken away', [], [['TRUNCATED']]],
  ])('says where %s', (_, links, findings) => {
    expect(told(check(links))).toEqual(findings);
  }); // prettier-ignore

  it('says which row was put in later and sealed as if it were new', () => {
    const [backdated] = seal([row(21, { at: row(3).at.replace('2031', '2030') })]);
    const [oldNumber] = seal([row(1000, { id: '85' })]);
    for (const late of [backdated!, oldNumber!]) {
      const links = sealRows({ seq: 20, hash: WHOLE.at(-1)!.chainHash }, [late.row!], sha256);
      expect(told(check([...WHOLE, ...links]))[0]).toEqual(['INSERTED', late.id]);
    }
  });

  it('does not mistake rows that were committed in another order than numbered', () => {
    const [first, second, ...rest] = rows(20);
    const links = seal([second!, first!, ...rest]);
    const checking = new AuditCheck(new Map([[20, links.at(-1)!.chainHash]]), sha256);
    checking.follow(links);
    expect(checking.finish([])).toEqual([]);
  });

  it('tells rows that nobody sealed, once a worker had time to', () => {
    const unsealed = [
      { id: '35', ageS: 2, awaited: false },
      { id: '210', ageS: 60, awaited: true },
      { id: '220', ageS: 2, awaited: true },
    ];
    expect(told(check(WHOLE, unsealed))).toEqual([['INSERTED', '35'], ['UNSEALED', '210']]); // prettier-ignore
  });

  it('notices whatever one thing is changed in any row', () => {
    const field = fc.constantFrom('at', 'who', 'role', 'action', 'run', 'detail');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), field, fc.string({ minLength: 1 }), (position, name, value) => {
        const changed = at(position, ({ row: was }) => ({ row: { ...was!, [name]: value } }));
        expect(told(check(changed))).toContainEqual(['CHANGED', String(10 * position)]);
      }),
    );
  });
});
