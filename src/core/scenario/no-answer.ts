/** What a branch calls it that no answer came by the deadline; no option may be called so. */
export const NO_ANSWER = 'none';
