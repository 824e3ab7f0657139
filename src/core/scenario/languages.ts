/** The languages that shipped scenarios are complete in. A file of its own, since consoles need it without the schema. */
export const SHIPPED_LANGUAGES = ['ja-JP', 'ko-KR', 'en-US'] as const;
