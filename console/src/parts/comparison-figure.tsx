import { useMemo, type ReactElement } from 'react';
import { comparisonFigure } from '../../../src/core/compare/compare.figure.js';
import { compareWords } from '../../../src/core/compare/compare.words.js';
import type { Comparison } from '../../../src/core/wire/comparison.js';
import { useMessages } from '../language.js';
import { save } from '../save.js';
import { nameFor } from '../texts.js';

/**
 * The picture of a comparison. It is drawn here by the function that draws it at the service, byte for byte the same: to ask
 * for it would compute the whole comparison once more, for each language that somebody looks at.
 */
export function ComparisonFigure({ comparison }: { comparison: Comparison }): ReactElement {
  const { compare: words, language } = useMessages();
  const svg = useMemo(() => comparisonFigure(comparison, language), [comparison, language]);
  const title = compareWords(language).title(nameFor(comparison.names, language).name);
  return (
    <section className="panel" aria-label={words.figure}>
      <div className="compare-figure table-scroll" tabIndex={0} role="region" aria-label={title}>
        {/* As an image a drawing can run no script and load nothing, whatever is in it. */}
        <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={title} data-testid="compare-figure" />
      </div>
      <button
        type="button"
        className="button"
        onClick={() => save(`triwatch-compare-${comparison.scenario}-${language}.svg`, 'image/svg+xml', svg)}
      >
        {words.saveFigure}
      </button>
    </section>
  );
}
