import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OperationalError } from '../operational-error.js';
import type { XmlSigner } from '../xml/sign-xml.js';
import { algorithmOf } from '../xml/signature-algorithms.js';

/**
 * The key and the certificate that CAP documents are signed with, from two PEM files. Throws OperationalError CONFIG_INVALID
 * when one cannot be read, the two do not belong together, or readers would refuse the key.
 */
export function readCapSigner(keyFile: string, certificateFile: string): XmlSigner {
  const key = readAs('TRIWATCH_CAP_KEY', keyFile, 'a private key', (pem) => createPrivateKey(pem));
  const certificate = readAs('TRIWATCH_CAP_CERTIFICATE', certificateFile, 'a certificate', (pem) => new X509Certificate(pem)); // prettier-ignore
  if (algorithmOf(key) === undefined) {
    throw invalid('TRIWATCH_CAP_KEY must be RSA with at least 2048 bits, or ECDSA on P-256.');
  }
  if (!certificate.checkPrivateKey(key)) {
    throw invalid(
      'TRIWATCH_CAP_CERTIFICATE must be the certificate of TRIWATCH_CAP_KEY; these two belong to different keys.',
    );
  }
  return { key, certificate: certificate.toString() };
}

function readAs<T>(variable: string, file: string, what: string, parse: (pem: Buffer) => T): T {
  try {
    return parse(readFileSync(file));
  } catch (error) {
    throw new OperationalError('CONFIG_INVALID', `${variable} must name a PEM file with ${what}; ${file} is none.`, {
      cause: error,
      exitCode: 78,
    });
  }
}

const invalid = (message: string): OperationalError =>
  new OperationalError('CONFIG_INVALID', message, { exitCode: 78 });
