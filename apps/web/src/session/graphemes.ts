/** The core's edits at character ends, in one place. */
export { boundaryAfter, boundaryBefore, type Edit, editBetween } from '@mend/core';
