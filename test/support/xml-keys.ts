import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { XmlSigner } from '../../src/platform/xml/sign-xml.js';

const KINDS = {
  rsa: ['-newkey', 'rsa:2048'],
  weak: ['-newkey', 'rsa:1024'],
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
} as const;

/** A key with a self-signed certificate, made by OpenSSL. */
export function xmlSigner(kind: keyof typeof KINDS = 'ec', days = 2): XmlSigner {
  const folder = mkdtempSync(join(tmpdir(), 'triwatch-keys-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  try {
    const subject = ['-nodes', '-subj', '/CN=test', '-days', String(days), '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', ...KINDS[kind], ...subject], { stdio: 'ignore' });
    return { key: createPrivateKey(readFileSync(key)), certificate: readFileSync(certificate, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
