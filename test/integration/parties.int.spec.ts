import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { PartiesService } from '../../src/modules/parties/parties.service.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { OperationalError } from '../../src/platform/operational-error.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { ALERT } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';
import { tempFiles, type TempFiles } from '../support/temp-files.js';

const SHIPPED = await readFile(join(PROJECT_ROOT, 'config', 'parties.yaml'), 'utf8');

const TAIWAN = {
  id: 'TW',
  names: { 'zh-TW': '臺灣', 'en-US': 'Taiwan' },
  agencies: [{ id: 'tw-nsc', names: { 'zh-TW': '國家安全會議', 'en-US': 'National Security Council' } }],
  desks: [
    {
      id: 'tw-nsc',
      agency: 'tw-nsc',
      names: { 'zh-TW': '國家安全會議值勤室', 'en-US': 'National Security Council duty desk' },
      language: 'zh-TW',
      timeZone: 'Asia/Taipei',
      duties: ['receive', 'acknowledge'],
    },
  ],
};
const UNITED_NATIONS = {
  id: 'UN',
  names: { 'en-US': 'United Nations' },
  agencies: [{ id: 'un-unc', names: { 'en-US': 'UN Command' } }],
  desks: [
    {
      id: 'un-unc',
      agency: 'un-unc',
      names: { 'en-US': 'UN Command watch' },
      language: 'en-US',
      timeZone: 'Asia/Seoul',
      duties: ['receive'],
    },
  ],
};

const withParties = (...more: object[]): string => {
  const { parties } = parse(SHIPPED) as { parties: object[] };
  return stringify({ parties: [...parties, ...more] });
};

describe('parties', () => {
  let files: TempFiles;
  let database: TestDatabase;

  beforeAll(async () => {
    files = await tempFiles();
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database?.drop();
    await files?.remove();
  });

  const audiencesOf = async (service: TestApp): Promise<string[]> => {
    const control = await Client.signIn(service.url, 'controller');
    const { body } = await control.get<{ audiences: { audience: string }[] }>('/runs/live');
    return body.audiences.map(({ audience }) => audience);
  };

  it('gain Taiwan and the United Nations by a file and a restart, on the data that was there', async () => {
    const before = await startTestApp({ database });
    expect(await audiencesOf(before)).toEqual(['jp', 'kr', 'us', 'control']);
    const earlier = await (await Client.signIn(before.url, 'kr-jcs')).post('/alerts', ALERT);
    expect(earlier.status).toBe(201);
    await before.stop();

    const partiesFile = await files.write('parties.yaml', withParties(TAIWAN, UNITED_NATIONS));
    const after = await startTestApp({ database, partiesFile });
    try {
      expect(await audiencesOf(after)).toEqual(['jp', 'kr', 'tw', 'un', 'us', 'control']);

      const desks: Record<string, DeskSocket> = {};
      for (const desk of ['tw-nsc', 'un-unc', 'jp-cas']) {
        const { token } = await Client.signIn(after.url, desk);
        desks[desk] = await DeskSocket.open(after.url, { token, run: 'live', desk });
      }
      const info = [...ALERT.info, { language: 'zh-TW', headline: '飛彈發射' }];
      const { body } = await (
        await Client.signIn(after.url, 'kr-jcs')
      ).post<{ id: string }>('/alerts', { ...ALERT, info });
      for (const socket of Object.values(desks)) {
        const item = await socket.item('the alert', ({ id }) => id === body.id);
        // A language that the service has no marker for gets the English one rather than none.
        expect(item.body.texts['zh-TW']?.headline).toBe('TEST 飛彈發射 TEST');
        socket.close();
      }
      // Who takes part from today is not told what was said before.
      expect(desks['jp-cas']?.items.map(({ id }) => id)).toEqual([earlier.body['id'], body.id]);
      expect(desks['tw-nsc']?.items.map(({ seq, id }) => ({ seq, id }))).toEqual([{ seq: 1, id: body.id }]);

      const taiwan = await Client.signIn(after.url, 'tw-nsc');
      expect((await taiwan.get('/auth/me')).body).toMatchObject({
        party: 'TW',
        desk: { id: 'tw-nsc', language: 'zh-TW', timeZone: 'Asia/Taipei' },
      });
      expect((await taiwan.post('/alerts', ALERT)).status).toBe(201);
    } finally {
      await after.stop();
    }
  });

  it.each<[string, string]>([
    ['is not YAML', 'parties: [\n  - id: {'],
    ['is empty', ''],
    ['has no party', 'parties: []'],
    ['misspells a field', SHIPPED.replace('timeZone:', 'timezone:')],
    ['names a time zone that is none', SHIPPED.replace('Asia/Tokyo', 'Asia/Edo')],
    ['names a language that is none', SHIPPED.replace('language: ja-JP', 'language: Japanese')],
    ['has a party twice', withParties(TAIWAN, TAIWAN)],
    ['has a desk twice', withParties({ ...TAIWAN, desks: [...TAIWAN.desks, ...TAIWAN.desks] })],
    ['has a desk of an agency that is not there', withParties({ ...TAIWAN, desks: [{ ...TAIWAN.desks[0], agency: 'tw-mnd' }] })],
    ['has a desk whose id is of another party', withParties({ ...TAIWAN, desks: [{ ...TAIWAN.desks[0], id: 'jp-nsc' }] })],
    ['has a party in lower case', withParties({ ...TAIWAN, id: 'tw' })],
  ])('are refused in one line when the file %s', async (_, content) => {
    const partiesFile = await files.write('broken.yaml', content);
    const error = thrownBy(() => new PartiesService(partiesFile));
    expect(error).toBeInstanceOf(OperationalError);
    const { code, message } = error as OperationalError;
    expect(code).toBe('PARTIES_FILE_INVALID');
    expect(message).toMatch(/^The parties file \S+broken\.yaml .+[^:]\.$/);
  }); // prettier-ignore

  it('stop the start in one line', async () => {
    const partiesFile = join(files.folder, 'none.yaml');
    const error: unknown = await startTestApp({ database, partiesFile }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({
      code: 'PARTIES_FILE_INVALID',
      message: expect.stringMatching(/^The parties file \S+none\.yaml cannot be read: [^\n]+\.$/) as string,
    });
    // The process would end here; this one goes on and waits for what the start had opened to time out.
    await eventually('the connections are gone', async () => {
      const open = await queryAsAdmin(
        database,
        'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      return open.length === 0;
    });
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
