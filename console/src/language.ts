import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { messagesFor, type Messages, type UiLanguage } from './messages/catalogue.js';

const KEY = 'triwatch.language';
const listeners = new Set<() => void>();

function initial(): UiLanguage {
  try {
    return messagesFor(sessionStorage.getItem(KEY) ?? navigator.language).language;
  } catch {
    return messagesFor(navigator.language).language;
  }
}

let chosen = initial();

/** Sets the language of the pages that belong to no desk. A desk always reads its own. */
export function chooseLanguage(language: UiLanguage): void {
  chosen = language;
  try {
    sessionStorage.setItem(KEY, language);
  } catch {
    // The choice then lasts until the reload.
  }
  listeners.forEach((listener) => listener());
}

export function useChosenLanguage(): UiLanguage {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}

/** The catalogue of the part of the page that asks; each theatre column provides its own. */
export const MessagesContext = createContext<Messages>(messagesFor('en-US'));

export const useMessages = (): Messages => useContext(MessagesContext);

/** Sets the title and the language of the whole document while a page is shown. */
export function useDocument(title: string, language: string): void {
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = language;
  }, [title, language]);
}
