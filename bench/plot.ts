import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Line } from './results.js';

/** The ratios by measure and system as an SVG picture; 1 is the system that is compared with. */
export function plotOf(lines: readonly Line[]): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const points = lines.flatMap(({ figure, consoles, system, ratio }) =>
    ratio && Number.isFinite(ratio.median) && ratio.min > 0 && system !== figure.base
      ? [{ measure: `${figure.measure}, ${consoles}: ${figure.label}`, system, ...ratio }]
      : [],
  );
  const svg = Plot.plot({
    document: document as unknown as Document,
    ...{ width: 960, marginLeft: 340, height: 80 + 22 * new Set(points.map(({ measure }) => measure)).size },
    x: { type: 'log', label: 'ratio, median and range of the rounds', grid: true },
    y: { label: null, domain: [...new Set(points.map(({ measure }) => measure))] },
    color: { legend: false, domain: [...new Set(points.map(({ system }) => system))] },
    marks: [
      Plot.ruleX([1]),
      Plot.link(points, { x1: 'min', x2: 'max', y1: 'measure', y2: 'measure', stroke: 'system' }),
      Plot.dot(points, { x: 'median', y: 'measure', fill: 'system', r: 4, title: 'system' }),
      Plot.text(points, { x: 'median', y: 'measure', text: 'system', fill: 'system', fontSize: 8, dy: -8 }),
    ],
  });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}
