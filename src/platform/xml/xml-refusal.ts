/** A document that is not read at all. The message is a sentence without its full stop. */
export class XmlRefusal extends Error {
  constructor(
    /** CAP_NOT_XML: not well-formed; XML_DOCTYPE and XML_LIMIT: it might be, and is refused before that is known. */
    readonly rule: 'CAP_NOT_XML' | 'XML_DOCTYPE' | 'XML_LIMIT',
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}
