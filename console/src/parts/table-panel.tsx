import type { ReactElement, ReactNode } from 'react';

/** A table in a panel of its own, which scrolls sideways instead of widening the page. */
export function TablePanel(props: {
  title: string;
  lead?: string;
  head: readonly string[];
  /** What stands in place of a table without rows. */
  empty?: string;
  children?: ReactNode;
}): ReactElement {
  return (
    <section className="panel">
      <h2>{props.title}</h2>
      {props.lead !== undefined && <p className="quiet">{props.lead}</p>}
      {props.empty !== undefined ? (
        <p className="quiet">{props.empty}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={props.title}>
          <table>
            <thead>
              <tr>
                {props.head.map((title) => (
                  <th scope="col" key={title}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{props.children}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
