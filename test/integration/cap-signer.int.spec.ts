import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xmlSigner } from '../support/xml-keys.js';
import { loadConfig } from '../../src/platform/config/config.js';

describe('the signer of CAP documents', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'triwatch-cap-'));
    for (const [name, kind] of [['a', 'ec'], ['b', 'rsa'], ['weak', 'weak']] as const) {
      const { key, certificate } = xmlSigner(kind);
      writeFileSync(file(`${name}.key`), key.export({ format: 'pem', type: 'pkcs8' }));
      writeFileSync(file(`${name}.pem`), certificate);
    } // prettier-ignore
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const load = (key?: string, certificate?: string): unknown =>
    loadConfig({ TRIWATCH_CAP_KEY: key && file(key), TRIWATCH_CAP_CERTIFICATE: certificate && file(certificate) }, '/')
      .cap.signer;

  it('is read from two files, and is none without them', () => {
    expect(load('a.key', 'a.pem')).toMatchObject({
      certificate: expect.stringContaining('BEGIN CERTIFICATE') as string,
    });
    expect(load()).toBeUndefined();
  });

  it.each([
    ['a.key', undefined, 'set both'],
    [undefined, 'a.pem', 'set both'],
    ['a.key', 'b.pem', 'different keys'],
    ['weak.key', 'weak.pem', '2048 bits'],
    ['a.pem', 'a.pem', 'a private key'],
    ['a.key', 'none.pem', 'a certificate'],
  ])('is refused with key %s and certificate %s', (key, certificate, words) => {
    expect(() => load(key, certificate)).toThrow(words);
  });
});
