import type { Exercise, Shelf } from '@mend/core';
import { takeTurns } from './take-turns/index.ts';

/** Every exercise there is, in the order in which it is offered. A new one is a folder and a line here. */
export const EXERCISES: readonly Exercise[] = [takeTurns];

export const shelf: Shelf = new Map(EXERCISES.map((exercise) => [exercise.id, exercise]));
