/** The core's edits at character ends, in one place. Until `@mend/core` has its door, they are reached by path. */
export { type Edit, editBetween } from '../../../../packages/core/src/document/edits.ts';
export { boundaryAfter, boundaryBefore } from '../../../../packages/core/src/document/graphemes.ts';
