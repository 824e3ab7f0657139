import { ParseOption, XmlC14NMode, XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm';
import { DSIG, ENVELOPED, EXCLUSIVE_C14N } from './signature-algorithms.js';

/** What the form of a signed document says before anything is calculated. */
export type SignatureForm =
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly reason: string }
  | {
      readonly kind: 'good';
      /** The Signature element as XML of its own. */
      readonly signature: string;
      /** Base64 of the certificate that came along; undefined when none did. */
      readonly certificate?: string;
      /** The root without its signature, in exclusive canonical form: all that the signature speaks of. */
      readonly content: string;
    };

const NAMESPACES = { ds: DSIG };
const SAFE = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;
const ID_NAMES = ['Id', 'ID', 'id'];

/**
 * Looks for the one form of signature that this service makes and takes: one Signature, the last child of the root, over the
 * whole document. Everything else that XML Signature allows (several references, transforms that choose, objects beside what
 * is signed) has served to have one thing verified and another one read.
 */
export function signatureForm(xml: string): SignatureForm {
  // Declarations of entities mean different things to different parsers; no alert needs any.
  if (/<!DOCTYPE/i.test(xml)) {
    return bad('the document declares a type');
  }
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(xml, { option: SAFE });
  } catch {
    return bad('the document is not well-formed');
  }
  try {
    return formOf(document);
  } finally {
    document.dispose();
  }
}

function formOf(document: XmlDocument): SignatureForm {
  const [signature, ...more] = document.find('//ds:Signature', NAMESPACES) as XmlElement[];
  if (!signature) {
    return document.find('//ds:*', NAMESPACES).length > 0
      ? bad('parts of a signature without one')
      : { kind: 'missing' };
  }
  const { root } = document;
  const reason =
    more.length > 0
      ? 'there is more than one signature'
      : !signature.parent?.isSameNode(root) || document.find('/*/*[last()]')[0]?.isSameNode(signature) === false
        ? 'the signature is not the last child of the document'
        : document.find('//processing-instruction()').length > 0
          ? // A library that verifies has written them as if they were text.
            'the document holds a processing instruction'
          : (partsFault(signature) ?? referenceFault(root, signature));
  if (reason !== undefined) {
    return bad(reason);
  }
  const certificate = signature.find('ds:KeyInfo/ds:X509Data/ds:X509Certificate', NAMESPACES)[0]?.content;
  const text = signature.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
  signature.remove();
  const content = root.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
  return { kind: 'good', signature: text, certificate: certificate?.replace(/\s/g, ''), content };
}

function partsFault(signature: XmlElement): string | undefined {
  const names = childNames(signature);
  const known = ['SignedInfo SignatureValue', 'SignedInfo SignatureValue KeyInfo'];
  return known.includes(names) && signature.find('.//comment()').length === 0
    ? undefined
    : 'the signature has other parts than SignedInfo, SignatureValue and KeyInfo';
}

function referenceFault(root: XmlElement, signature: XmlElement): string | undefined {
  const info = signature.find('ds:SignedInfo', NAMESPACES)[0] as XmlElement;
  if (childNames(info) !== 'CanonicalizationMethod SignatureMethod Reference') {
    return 'it does not have exactly one reference';
  }
  const reference = info.find('ds:Reference', NAMESPACES)[0] as XmlElement;
  const uri = reference.attr('URI')?.value;
  if (uri !== '' && !(uri !== undefined && isIdOfRoot(root, uri))) {
    return 'it refers to something else than the whole document';
  }
  const transforms = reference.find('ds:Transforms/ds:Transform', NAMESPACES) as XmlElement[];
  const algorithms = transforms.map((transform) => transform.attr('Algorithm')?.value).join(' ');
  return algorithms === `${ENVELOPED} ${EXCLUSIVE_C14N}` && transforms.every(({ firstChild }) => firstChild === null)
    ? undefined
    : 'it transforms the document otherwise than by taking the signature out and exclusive canonicalisation';
}

/** Whether the reference is to the root by an Id that nothing else in the document has. */
function isIdOfRoot(root: XmlElement, uri: string): boolean {
  const id = uri.slice(1);
  const holders = root.find(`//@*[${ID_NAMES.map((name) => `local-name() = '${name}'`).join(' or ')}]`);
  return (
    /^#[A-Za-z_][\w.-]*$/.test(uri) &&
    ID_NAMES.some((name) => root.attr(name)?.value === id) &&
    holders.filter(({ content }) => content === id).length === 1
  );
}

const childNames = (element: XmlElement): string =>
  element
    .find('*')
    .map((child: XmlNode) => (child instanceof XmlElement && child.namespaceUri === DSIG ? child.name : '?'))
    .join(' ');

const bad = (reason: string): SignatureForm => ({ kind: 'bad', reason });
