import type { FeedItem } from '../../src/core/wire/feed.js';
import type { DeclarationMade, LedgerDeclaration, RunLedger } from '../../src/core/wire/restraint.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { DECLARATION } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('restraint', () => {
  let service: TestApp;
  const people = new Map<string, Client>();
  const of = (name: string): Client => people.get(name)!;

  beforeAll(async () => {
    service = await startTestApp();
    for (const name of ['controller', 'jp-cas', 'kr-jcs', 'us-usfk']) {
      people.set(name, await Client.signIn(service.url, name));
    }
  });
  afterAll(() => service?.stop());

  describe('the ledger of a replay', () => {
    let run: SteeredRun;
    beforeAll(async () => {
      run = await SteeredRun.start(service, 'yeonpyeong-2010');
      await run.jump('2010-11-23T15:30:00+09:00');
    });

    const ledger = async (name: string, query = ''): Promise<RunLedger> =>
      (await of(name).get<RunLedger>(`/runs/${run.id}/ledger${query}`)).body;
    const acts = (of: RunLedger): string[] => of.acts.map(({ id }) => id);

    it('shows control every act so far, and how it stands to what is posed', async () => {
      const { acts: told, firstUse, declarations } = await ledger('controller');
      expect(told.map(({ id, judgements }) => [id, judgements.map(({ verdict }) => verdict).join()])).toEqual([
        ['dprk-warning-message', 'kept'],
        ['drill-begins', 'kept'],
        ['dprk-claimed-shell-fall', 'disputed'],
        ['drill-ends', 'kept'],
        ['first-barrage', 'disputed'],
        ['first-barrage-ends', 'kept'],
        ['first-return-fire', 'answered'],
        ['first-return-fire-ends', 'kept'],
        ['second-barrage', 'disputed'],
        ['second-return-fire', 'answered'],
      ]);
      expect(firstUse).toMatchObject([{ verdict: 'disputed', disputed: ['dprk-claimed-shell-fall'] }]);
      expect(declarations.map(({ id, basis }) => [id, basis])).toEqual([
        ['posed-dprk', 'posed'],
        ['posed-rok', 'posed'],
      ]);
    });

    it('shows an audience the acts that it was told of, and nothing that is posed', async () => {
      const [jp, kr, us] = [await ledger('jp-cas'), await ledger('kr-jcs'), await ledger('us-usfk')];
      expect([jp, kr, us].map(({ audience, declarations }) => [audience, declarations])).toEqual([['jp', []], ['kr', []], ['us', []]]);
      expect(acts(jp)).toEqual(['first-barrage']);
      expect(acts(us)).toEqual([]);
      // Nobody in Seoul is on record as knowing of the claim by then.
      expect(acts(kr)).not.toContain('dprk-claimed-shell-fall');
      expect(acts(kr)).toContain('first-return-fire');
      expect(await ledger('controller', '?audience=jp')).toEqual(jp);
    }); // prettier-ignore

    it('is refused for the audience of others', async () => {
      const { status, body } = await of('jp-cas').get<{ code: string }>(`/runs/${run.id}/ledger?audience=kr`);
      expect([status, body.code]).toEqual([403, 'FORBIDDEN_FEED']);
      const control = await of('jp-cas').get<{ code: string }>(`/runs/${run.id}/ledger?audience=control`);
      expect(control.status).toBe(403);
      const nowhere = await of('controller').get(`/runs/${run.id}/ledger?audience=nobody`);
      expect(nowhere.status).toBe(403);
      expect((await of('jp-cas').get('/runs/no-such-run/ledger')).status).toBe(404);
    });

    it('goes back with the run', async () => {
      await run.jump('2010-11-23T14:30:00+09:00');
      expect(acts(await ledger('jp-cas'))).toEqual([]);
      expect(acts(await ledger('kr-jcs'))).toEqual(['dprk-warning-message', 'drill-begins', 'drill-ends']);
    });
  });

  describe('a declaration of a desk', () => {
    const state = (name: string, body: object) =>
      of(name).post<DeclarationMade & { code: string }>('/declarations', body);
    const declared = async (name: string): Promise<LedgerDeclaration[]> =>
      (await of(name).get<LedgerDeclaration[]>('/declarations')).body;
    const told = async (name: string, audience: string, id: string): Promise<FeedItem[]> =>
      (await of(name).get<{ items: FeedItem[] }>(`/runs/live/feeds/${audience}/items?limit=500`)).body.items.filter(
        (item) => item.id === id,
      );
    let id: string;

    it('is told in three languages to those to whom it is addressed, and to no others', async () => {
      const made = await state('kr-jcs', { ...DECLARATION, to: ['JP'] });
      expect(made).toMatchObject({ status: 201, body: { run: 'live', version: 1, stage: 'stated' } });
      id = made.body.id;
      const [item] = await eventually('JP is told', async () => {
        const items = await told('jp-cas', 'jp', id);
        return items.length > 0 ? items : undefined;
      });
      expect(item?.kind).toBe('message');
      expect(item?.body.texts['ja-JP']?.headline).toBe('【試験】自制の宣言：韓国【試験】');
      expect(item?.body.texts['ko-KR']?.description).toContain(
        '공격을 받지 않는 한 북한에 대해 다음 행위를 하지 않음: 사격.',
      );
      expect(item?.body.texts['en-US']?.description).toContain('will not do this towards DPRK, unless attacked: fire.');
      expect((await declared('jp-cas')).map((each) => each.id)).toEqual([id]);
      expect((await declared('kr-jcs')).map((each) => each.id)).toEqual([id]);
      expect((await declared('controller')).map((each) => each.id)).toEqual([id]);
      expect(await declared('us-usfk')).toEqual([]);
      expect(await told('us-usfk', 'us', id)).toEqual([]);
    });

    it('is withdrawn by whose it is, once, and ends then', async () => {
      const withdraw = (name: string) =>
        of(name).post<{ code: string; version: number }>(`/declarations/${id}/withdraw`, {});
      expect((await withdraw('jp-cas')).body.code).toBe('DECLARATION_NOT_FOUND');
      expect((await withdraw('us-usfk')).status).toBe(404);
      expect(await withdraw('kr-jcs')).toMatchObject({ status: 201, body: { version: 2, stage: 'withdrawn' } });
      expect((await withdraw('kr-jcs')).body.code).toBe('DECLARATION_WITHDRAWN');
      await eventually('JP is told', async () => (await declared('jp-cas'))[0]?.withdrawnAt !== undefined);
      expect(await told('us-usfk', 'us', id)).toEqual([]);
    });

    it.each<[string, object, number, string]>([
      ['for another party', { ...DECLARATION, by: 'JP' }, 403, 'FORBIDDEN'],
      ['whose term is over', { ...DECLARATION, until: '2020-01-01T00:00:00Z' }, 422, 'DECLARATION_INVALID'],
      ['towards itself', { ...DECLARATION, against: ['KR'] }, 422, 'DECLARATION_INVALID'],
      ['with a time that is none', { ...DECLARATION, unless: { kind: 'attacked', within: 'soon' } }, 422, 'DECLARATION_INVALID'],
      ['of no act', { ...DECLARATION, acts: [] }, 422, 'REQUEST_INVALID'],
      ['of an act that there is not', { ...DECLARATION, acts: ['frown'] }, 422, 'REQUEST_INVALID'],
    ])('is refused %s', async (_, body, status, code) => {
      const answer = await state('kr-jcs', body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }); // prettier-ignore
  });
});
