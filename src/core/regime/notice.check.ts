import { DomainError } from '../domain-error.js';
import type { NoticeCheck, NoticeChecks } from '../wire/announcement.js';
import { legalityOf } from './legality.js';
import type { Notice } from './notice.js';
import { checkNotice, standingOf, type Regime } from './regime.js';
import { regimeOf, REGIMES } from './regimes.js';

/** Asks for the check of a notice by every regime. */
export const ALL_REGIMES = 'all';

/** The regimes of an id, or all of them for `all`. Throws DomainError REGIME_NOT_FOUND, which names those that there are. */
export function regimesOf(id: string): readonly Regime[] {
  if (id === ALL_REGIMES) {
    return REGIMES;
  }
  const regime = regimeOf(id);
  if (!regime) {
    throw new DomainError(
      'REGIME_NOT_FOUND',
      `There is no regime "${id.slice(0, 80)}"; there are ${REGIMES.map((each) => each.id).join(', ')}, and "all".`,
    );
  }
  return [regime];
}

/** Judges a notice by one regime: each rule with its figures and source, the whole, and apart from it what bears on legality. */
export function noticeCheckOf(regime: Regime, notice: Notice): NoticeCheck {
  const findings = checkNotice(regime, notice);
  return {
    regime: regime.id,
    title: regime.title,
    status: regime.status.sentence,
    ...standingOf(regime, notice, findings),
    rules: findings.map(({ rule, verdict, basis, ifAssumed, figures, detail, source }) => ({
      id: rule,
      verdict,
      basis,
      ...(ifAssumed ? { ifAssumed } : {}),
      figures,
      message: detail,
      source,
    })),
    legality: legalityOf(notice),
  };
}

/** Judges a notice by a regime, or by every one for `all`. Throws DomainError REGIME_NOT_FOUND. */
export function judgeNotice(id: string, notice: Notice): NoticeCheck | NoticeChecks {
  const checks = regimesOf(id).map((regime) => noticeCheckOf(regime, notice));
  return id === ALL_REGIMES ? { regime: ALL_REGIMES, checks, legality: legalityOf(notice) } : checks[0]!;
}
