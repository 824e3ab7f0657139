/** The page that compares arrangements; the words of the result itself are those of `compareWords`. */
export const compareEnUs = {
  title: 'Compare arrangements',
  open: 'Compare arrangements over this scenario',
  lead: 'Plays the news of a chapter under each arrangement, as often as there are seeds, and sets it beside the record.',
  arrangements: 'Arrangements (one to ten)',
  hypothetical: 'hypothetical',
  seeds: 'Seeds',
  strict: 'Carry only what each covers, on days on which it was in force',
  compare: 'Compare',
  computing: (seconds: number) => `Computing… ${seconds} s`,
  failures: {
    COMPARE_BUSY: 'Several comparisons are under way. Ask again in a few seconds.',
    COMPARE_TOO_LARGE: 'That is more than can be computed at once. Choose fewer seeds or fewer arrangements.',
  } as Partial<Record<string, string>>,
  figure: 'Figure',
  saveFigure: 'Download SVG',
  capitals: 'By capital',
  items: 'By item',
  ofItems: (n: number, total: number) => `${n} of ${total}`,
  cities: 'Median of the seeds; with a minus sign the text comes after the nearest point.',
  noText: 'no text',
  notFlown: 'The model does not fly this one.',
  basis: { rule: 'rule of the model', assumed: 'assumed', sourced: 'sourced' },
  latency: (least: number, often: number, most: number) => `${least} to ${most} s, most often ${often} s`,
};

export type CompareMessages = typeof compareEnUs;
