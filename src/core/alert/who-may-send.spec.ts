import { ROLES, type Role } from '../wire/session.js';
import { wayToSend, type AlertAct } from './who-may-send.js';

const WAYS: Record<Role, Record<AlertAct, string>> = {
  observer: { issue: 'refused', update: 'refused', cancel: 'refused' },
  officer: { issue: 'refused', update: 'refused', cancel: 'at-once' },
  drafter: { issue: 'draft', update: 'draft', cancel: 'at-once' },
  approver: { issue: 'draft', update: 'draft', cancel: 'at-once' },
  controller: { issue: 'refused', update: 'refused', cancel: 'refused' },
  administrator: { issue: 'refused', update: 'refused', cancel: 'refused' },
};
const ACTS = ['issue', 'update', 'cancel'] as const;

describe('who may send', () => {
  it.each(ROLES)('what is actual, as %s', (role) => {
    expect(Object.fromEntries(ACTS.map((act) => [act, wayToSend(role, 'actual', act).kind]))).toEqual(WAYS[role]);
  });

  it.each(['test', 'exercise'] as const)('alone in the mode %s', (mode) => {
    const alone = ROLES.filter((role) => ACTS.every((act) => wayToSend(role, mode, act).kind === 'at-once'));
    expect(alone).toEqual(['officer', 'drafter', 'approver', 'controller']);
    const none = ROLES.filter((role) => ACTS.every((act) => wayToSend(role, mode, act).kind === 'refused'));
    expect(none).toEqual(['observer', 'administrator']);
  });
});
