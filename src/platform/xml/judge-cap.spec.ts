import fc from 'fast-check';
import { CAP_12, type CapAlert } from '../../core/cap/cap.js';
import { ALERT_ELEMENTS, type CapElement } from '../../core/cap/cap.elements.js';
import { readCapJson } from '../../core/cap/cap.json.js';
import { capTime } from '../../core/cap/cap.time.js';
import { writeCap } from '../../core/cap/cap.write.js';
import { judgeCapXml } from './judge-cap.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

const PARTS = {
  identifier: '<identifier>gale-1</identifier>',
  sender: '<sender>warnings@weather.example</sender>',
  sent: '<sent>2026-11-24T12:00:00+09:00</sent>',
  status: '<status>Actual</status>',
  msgType: '<msgType>Alert</msgType>',
  scope: '<scope>Public</scope>',
  info: `<info><language>en-US</language><category>Met</category><event>Gale</event><urgency>Expected</urgency>
    <severity>Severe</severity><certainty>Likely</certainty><expires>2026-11-24T18:00:00+09:00</expires>
    <area><areaDesc>Coast</areaDesc><polygon>35,139 35,140 36,140 36,139 35,139</polygon></area></info>`,
};
const document = (parts: Partial<typeof PARTS> = {}, namespace = ` xmlns="${CAP_12}"`): string =>
  `<?xml version="1.0"?>\n<alert${namespace}>\n${Object.values({ ...PARTS, ...parts }).join('\n')}\n</alert>`;
const judged = (text: string): { valid: boolean; rules: string[]; alert?: CapAlert } => {
  const { valid, findings, reading } = judgeCapXml(bytes(text));
  return { valid, rules: findings.map(({ rule, line }) => (line ? `${rule} ${line}` : rule)), alert: reading?.alert };
};

describe('judgeCapXml', () => {
  it('finds nothing in a sound document', () => {
    expect(judged(document())).toMatchObject({ valid: true, rules: [] });
  });

  it.each<[string, string, string[], Partial<CapAlert>]>([
    ['no namespace', document({}, ''), ['XSD 2', 'NAMESPACE 2'], { identifier: 'gale-1' }],
    ['an odd one', document({}, ' xmlns="urn:x"'), ['XSD 2', 'NAMESPACE 2'], { identifier: 'gale-1' }],
    ['CAP 1.1', document({}, ' xmlns="urn:oasis:names:tc:emergency:cap:1.1"'), ['VERSION_11 2'], { status: 'Actual' }],
    ['another order', document({ sender: '', identifier: PARTS.sender + PARTS.identifier }), ['XSD 3', 'ELEMENT_ORDER 3'], { sender: 'warnings@weather.example' }],
    ['an element twice', document({ status: '<status>Test</status><status>Actual</status>' }), ['XSD 6', 'ELEMENT_REPEATED 6'], { status: 'Test' }],
    ['none of it', document({ scope: '' }), ['XSD 9', 'ELEMENT_MISSING 2'], { scope: '' }],
    ['one of another name', document({ scope: '<scope>Public</scope><colour>red</colour>' }), ['XSD 8', 'ELEMENT_UNKNOWN 8'], { scope: 'Public' }],
    ['an attribute', document({ scope: '<scope lang="en">Public</scope>' }), ['XSD 8', 'ATTRIBUTE_UNKNOWN 8'], { scope: 'Public' }],
    ['text between', document({ scope: '<scope>Public</scope>red' }), ['XSD 2', 'TEXT_STRAY 2'], { scope: 'Public' }],
    ['a time with Z', document({ sent: '<sent>2026-11-24T03:00:00.5Z</sent>' }), ['XSD 5', 'TIME_FORM 5'], { sent: '2026-11-24T03:00:00-00:00' }],
    ['a value in small letters', document({ status: '<status> actual</status>' }), ['XSD 6', 'VALUE_UNKNOWN 6'], { status: 'Actual' }],
    ['line breaks round an identifier', document({ identifier: '<identifier>\ngale-1\n</identifier>' }), ['SPACE_AROUND 3'], { identifier: 'gale-1' }],
    ['line breaks round a time', document({ sent: '<sent>\n2026-11-24T12:00:00+09:00\n</sent>' }), [], { sent: '2026-11-24T12:00:00+09:00' }],
    ['an empty language', document({ info: PARTS.info.replace('en-US', '') }), ['LANGUAGE_MISSING 9'], {}],
    ['a prefix that nobody declared', `<cap:alert xmlns="${CAP_12}">${PARTS.identifier.replaceAll(/(<\/?)/g, '$1cap:')}</cap:alert>`, ['XSD 1', 'PREFIX_UNDECLARED 1'], { identifier: 'gale-1' }],
    ['CAP 1.0', document({}, ' xmlns="http://www.incident.com/cap/1.0"'), ['VERSION_10 2'], { status: 'Actual' }],
    ['a pair of CAP 1.0', document({ info: PARTS.info.replace('<expires>', '<eventCode>SAME=WSW</eventCode>$&') }, ' xmlns="urn:oasis:names:tc:emergency:cap:1.0"'), ['VERSION_10 2', 'PAIR_FORM 10'], {}],
    ['text in place of elements', document({ info: PARTS.info.replace('<expires>', '<eventCode>WSW</eventCode>$&') }), ['XSD 10', 'XSD 10', 'TEXT_STRAY 10'], {}],
    ['a signature at the end', document({ info: `${PARTS.info}<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>` }), [], { identifier: 'gale-1' }],
  ])('reads on with %s', (_, text, rules, alert) => {
    const read = judged(text);
    expect(read.rules.slice(0, Math.max(1, rules.length))).toEqual(rules);
    expect(read.alert).toMatchObject(alert);
  }); // prettier-ignore

  it.each<[string, string, string]>([
    ['a prefix declared with spaces', 'xmlns:cap', ` xmlns:cap\n = '${CAP_12}'`],
    ['a prefix with a dot and a dash', 'xmlns:n1.a-b', ` xmlns:n1.a-b="${CAP_12}"`],
  ])('finds nothing in %s', (_, name, declaration) => {
    const prefix = name.slice('xmlns:'.length);
    const text = document({}, declaration).replaceAll(/(<\/?)(?=[a-z])/gi, `$1${prefix}:`);
    expect(judged(text)).toMatchObject({ valid: true, rules: [], alert: { identifier: 'gale-1' } });
  });

  it('takes words with a colon in them for words', () => {
    const words = Array.from({ length: 50 }, (_, index) => `Bezirk${index}:Stufe`).join(' ');
    const text = document({ info: PARTS.info.replace('<expires>', `<audience>${words}</audience>$&`) });
    expect(judged(text).rules.filter((rule) => !/ORDER|XSD/.test(rule))).toEqual([]);
  });

  it('reads past comments, processing instructions and CDATA sections, wherever they stand', () => {
    const PI = '<?audit seen?>';
    const headline = `<headline>Gale${PI} in<!-- the --> the <![CDATA[north & ]]>${PI}west</headline>`;
    const info = PARTS.info.replace('</expires>', `$&${headline}`).replace('<info>', `<!-- a -->${PI}<info>${PI}`);
    const { valid, rules, alert } = judged(document({ info }));
    expect({ valid, rules }).toEqual({ valid: true, rules: [] });
    expect(alert?.info).toMatchObject([{ language: 'en-US', headline: 'Gale in the north & west', area: [{}] }]);
  });

  it('says what came in place of an alert', () => {
    const alert = document().replace(/^.*\n/, '');
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>${alert}${alert}</content></entry></feed>`;
    const [finding] = judgeCapXml(bytes(feed)).findings;
    expect(finding).toMatchObject({
      rule: 'CAP_ROOT',
      message: expect.stringContaining('"feed, with alerts inside: 2"'),
    });
  });

  it.each([
    ['nothing', '', 'CAP_NOT_XML'],
    ['words', 'All clear', 'CAP_NOT_XML'],
    ['a cut', document().slice(0, 300), 'CAP_NOT_XML'],
    ['an entity that nobody declared', document({ scope: '<scope>&nbsp;</scope>' }), 'CAP_NOT_XML'],
    ['an unknown encoding', '<?xml version="1.0" encoding="x-none"?><alert/>', 'CAP_NOT_XML'],
    [
      'a document type',
      `<!-- x --><!DOCTYPE alert [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${document().slice(22)}`,
      'XML_DOCTYPE',
    ],
    [
      'one outside',
      '<?xml version="1.0"?><?a?>\n<!DOCTYPE alert SYSTEM "http://127.0.0.1:9/x.dtd"><alert/>',
      'XML_DOCTYPE',
    ],
    ['great depth', '<a>'.repeat(40) + '</a>'.repeat(40), 'XML_LIMIT'],
    ['endless depth', '<a>'.repeat(400_000), 'XML_LIMIT'],
    ['depth that the parser gives up at', '<a>'.repeat(9_000), 'CAP_NOT_XML'],
    [
      'prefixes without end',
      document({ scope: Array.from({ length: 5_000 }, (_, n) => `<p${n}:x/>`).join('') }),
      'XML_LIMIT',
    ],
    ['too many elements', `<a>${'<b/>'.repeat(10_000)}</a>`, 'XML_LIMIT'],
    ['too many bytes', `<a>${' '.repeat(2_500_000)}</a>`, 'XML_LIMIT'],
    ['another document', '<feed xmlns="http://www.w3.org/2005/Atom"/>', 'CAP_ROOT'],
  ])('refuses %s with one finding', (_, text, rule) => {
    expect(judgeCapXml(bytes(text))).toMatchObject({ valid: false, findings: [{ rule, severity: 'error', path: '' }] });
  });

  it.each<[string, string, number[]]>([
    ['Shift_JIS', '避', [0x94, 0xf0]],
    ['EUC-JP', '避', [0xc8, 0xf2]],
    ['EUC-KR', '대', [0xb4, 0xeb]],
    ['GB18030', '避', [0xb1, 0xdc]],
    ['Big5', '避', [0xc1, 0xd7]],
    ['ISO-8859-15', '€', [0xa4]],
    ['windows-1251', 'Ж', [0xc6]],
    ['windows-1252', '€', [0x80]],
    ['cp932', '①', [0x87, 0x40]],
    ['cp949', '똠', [0x8c, 0x63]],
    ['windows-949', '갂', [0x81, 0x41]],
    ['MS949', '힣', [0xc6, 0x52]],
    ['EUC-KR', '뷁', [0x94, 0xee]],
    ['cp950', '避', [0xc1, 0xd7]],
  ])('reads %s', (encoding, character, encoded) => {
    const [before = '', after = ''] = document({ identifier: '<identifier>#</identifier>' })
      .replace('?>', ` encoding="${encoding}"?>`)
      .split('#');
    const { reading } = judgeCapXml(Buffer.concat([bytes(before), Buffer.from(encoded), bytes(after)]));
    expect(reading?.alert.identifier).toBe(character);
  });

  it.each([
    ['UTF-16LE with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16LE without one', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-8 that says it is UTF-16', (text: string) => Buffer.from(text.replace('?>', ' encoding="utf-16"?>'))],
  ])('reads %s', (_, encode) => {
    const text = document({ identifier: '<identifier>대피-避難</identifier>' });
    expect(judgeCapXml(encode(text))).toMatchObject({ valid: true, reading: { alert: { identifier: '대피-避難' } } });
  });
});

/** Any text that XML can carry. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((value) => !/[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Surrogate}|[\ufffe\uffff]/u.test(value));
const token = fc.stringMatching(/^[A-Za-z0-9.:@/+=-]{1,20}$/);

function valueOf({ kind, choices, elements }: CapElement): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'text':
      return text;
    case 'token':
      return token;
    case 'uri':
      return token.map((path) => `https://weather.example/${path}`);
    case 'language':
      return fc.constantFrom('ja-JP', 'ko-KR', 'en-US', 'zh-cmn-Hans', 'x-pig-latin');
    case 'time':
      return fc.integer({ min: 0, max: 4e12 }).map(capTime);
    case 'integer':
      return fc.nat().map(String);
    case 'decimal':
      return fc.integer({ min: -1e6, max: 1e6 }).map((value) => String(value / 100));
    case 'choice':
      return fc.constantFrom(...choices);
    case 'group':
      return groupOf(elements);
  }
}

const groupOf = (elements: readonly CapElement[]): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(
      Object.fromEntries(
        elements.map((element) => {
          const { name, required, repeatable } = element;
          const value = valueOf(element);
          const many = fc.array(value, { minLength: required ? 1 : 0, maxLength: 3 });
          return [name, repeatable ? many : required ? value : fc.option(value, { nil: undefined })];
        }),
      ),
    )
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));

const anyAlert = groupOf(ALERT_ELEMENTS['1.2']) as unknown as fc.Arbitrary<CapAlert>;
const FORM = /^(XSD|NAMESPACE|ELEMENT_|ATTRIBUTE_|TEXT_STRAY|VALUE_UNKNOWN|TIME_FORM|LANGUAGE_FORM|NUMBER_FORM|JSON_)/;

describe('what is written', () => {
  it('fits the official schema and is read back as the same message', () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        const { findings, reading } = judgeCapXml(bytes(writeCap(alert)));
        expect(findings.filter(({ rule }) => FORM.test(rule))).toEqual([]);
        expect(reading?.alert).toEqual(alert);
        expect(writeCap(reading?.alert ?? alert)).toBe(writeCap(alert));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same message in the JSON mirror', () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        const reading = readCapJson(JSON.parse(JSON.stringify(alert)));
        expect(reading?.findings).toEqual([]);
        expect(reading?.alert).toEqual(alert);
      }),
      { numRuns: 60 },
    );
  });

  it('is found at fault by our reading exactly where the schema finds it so', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom<(lines: string[], at: number) => string[]>(
        (lines, at) => lines.toSpliced(at, 1),
        (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
        (lines, at) => lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? ''),
        (lines, at) => lines.with(at, (lines[at] ?? '').replace(/>[^<]+</, '>?<')),
        (lines, at) => lines.with(at, (lines[at] ?? '').replace(/>[^<]+</, '><')),
        (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^( *<\w+)>/, '$1 a="b">')),
      ),
    );
    fc.assert(
      fc.property(anyAlert, change, (alert, [place, edit]) => {
        const lines = writeCap(alert).trimEnd().split('\n');
        const changed = edit(lines, 2 + (place % Math.max(1, lines.length - 3))).join('\n');
        const rules = judgeCapXml(bytes(changed)).findings.map(({ rule }) => rule);
        if (!rules.includes('CAP_NOT_XML')) {
          const ours = rules.some((rule) => rule !== 'XSD' && FORM.test(rule));
          expect({ changed, ours }).toEqual({ changed, ours: rules.includes('XSD') });
        }
      }),
      { numRuns: 150 },
    );
  });
});
