import { useState, type ReactElement, type ReactNode } from 'react';

interface DisclosureProps {
  title: string;
  testId: string;
  children: ReactNode;
}

/** Something to open. What is in it is made when it is first opened, since there may be one for each card of a feed. */
export function Disclosure({ title, testId, children }: DisclosureProps): ReactElement {
  const [opened, setOpened] = useState(false);
  return (
    <details className="more" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary data-testid={testId}>{title}</summary>
      {opened && children}
    </details>
  );
}
