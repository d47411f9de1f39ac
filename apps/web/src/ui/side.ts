/** Where somebody's words sit: by the order of joining. */
export type Side = 'first' | 'second' | 'counsellor';
