import { readClaimMap, ruleFor } from './claim-map.js';

describe('the map from claims to roles', () => {
  it.each([
    ['ops=controller', [{ value: 'ops', role: 'controller', desk: undefined }]],
    [
      'cn=jp,dc=x=officer@jp-cas; ops=administrator',
      [
        { value: 'cn=jp,dc=x', role: 'officer', desk: 'jp-cas' },
        { value: 'ops', role: 'administrator', desk: undefined },
      ],
    ],
    ['ops=king', expect.stringContaining('must be rules')],
    ['ops', expect.stringContaining('must be rules')],
    ['ops=controller;', expect.stringContaining('must be rules')],
    ['ops=controller@jp-cas', 'must give controller no desk in "ops=controller@jp-cas"'],
    ['ops=officer', 'must give officer a desk in "ops=officer"'],
  ])('reads "%s"', (text, rules) => {
    expect(readClaimMap(text)).toEqual(rules);
  });

  const RULES = [
    { value: 'chiefs', role: 'approver', desk: 'jp-cas' },
    { value: 'all', role: 'observer', desk: 'jp-cas' },
  ] as const;

  it.each([
    ['the first rule in the order of the map', ['all', 'chiefs'], RULES[0]],
    ['a claim that is no list', 'all', RULES[1]],
    ['no entry for other values', ['visitors'], undefined],
    ['no entry for a part of a value', 'al', undefined],
    ['no entry for an empty list', [], undefined],
    ['no entry without the claim', undefined, undefined],
    ['no entry for what is no text', { all: true }, undefined],
  ])('gives %s', (_, claim, rule) => {
    expect(ruleFor(RULES, claim)).toEqual(rule);
  });
});
