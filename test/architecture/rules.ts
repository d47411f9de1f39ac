import { basename } from 'node:path';
import type { Source } from './sources.ts';

/** A rule about files: which it holds for, and what in such a file breaks it. */
export type Rule = {
  readonly title: string;
  readonly holdsFor: (path: string) => boolean;
  /** What breaks the rule, in the words of the file; nothing when it is kept. */
  readonly faults: (source: Source) => readonly string[];
  /** A path and a text that break the rule, to show that the rule can fail. */
  readonly broken: readonly [path: string, text: string];
};

const isCode = (path: string): boolean => /\.(?:tsx?|m?js)$/.test(path);
const isTest = (path: string): boolean => /\.test\.tsx?$|\/fixtures\//.test(path);
const isTestCode = (path: string): boolean => isCode(path) && (isTest(path) || path.startsWith('test/'));

const within =
  (...folders: string[]) =>
  (path: string): boolean =>
    isCode(path) && folders.some((folder) => path.startsWith(`${folder}/`));

const shippedWithin =
  (...folders: string[]) =>
  (path: string): boolean =>
    within(...folders)(path) && !isTest(path);

const importsMatching =
  (pattern: RegExp) =>
  (source: Source): readonly string[] =>
    source.imports.filter((specifier) => pattern.test(specifier));

const importsOtherThan =
  (pattern: RegExp) =>
  (source: Source): readonly string[] =>
    source.imports.filter((specifier) => !pattern.test(specifier));

const codeMatching =
  (pattern: RegExp) =>
  (source: Source): readonly string[] =>
    source.code.match(pattern) ?? [];

/** `packages/core` of `packages/core/src/ids.ts`; `test` of everything below it. */
const packageOf = (path: string): string => /^(?:apps|packages)\/[^/]+|^[^/]+/.exec(path)?.[0] ?? path;

const isProjectPath = (specifier: string): boolean => /^(?:\.\.|apps|packages|test)\//.test(specifier);

/** The web client and the launcher are programs and open no doors, so their tests have to reach into them. */
const mayReachInto = (path: string, target: string): boolean =>
  path.startsWith('test/') && /^apps\/(?:web|launch)\//.test(target);

const leavesItsPackage = (source: Source): readonly string[] =>
  source.imports
    .filter(isProjectPath)
    .filter((target) => packageOf(target) !== packageOf(source.path))
    .filter((target) => !mayReachInto(source.path, target));

/** The doors that the packages' own `exports` open. */
const doors = /^@mend\/(?:core|protocol|exercises|server(?:\/(?:config|keys|session|store|transport))?)$/;

const besideTheDoors = (source: Source): readonly string[] =>
  source.imports.filter((specifier) => specifier.startsWith('@mend/') && !doors.test(specifier));

const environmentReaders =
  /^(?:apps\/server\/src\/(?:main|admin|verify)\.ts|apps\/web\/vite\.config\.ts|apps\/launch\/.*|test\/.*)$/;

const vagueNames = /^(?:utils?|helpers?|common|shared|types?|managers?|misc)$/;

export const rules: readonly Rule[] = [
  {
    title: 'A1 core imports only yjs, lib0, zod and its own files',
    holdsFor: shippedWithin('packages/core'),
    faults: importsOtherThan(/^(?:yjs|lib0(?:\/.*)?|zod(?:\/mini)?|packages\/core\/src\/.*)$/),
    broken: ['packages/core/src/x.ts', "import { readFile } from 'node:fs';"],
  },
  {
    title: 'A2 protocol imports only core, zod and its own files',
    holdsFor: shippedWithin('packages/protocol'),
    faults: importsOtherThan(/^(?:@mend\/core|zod(?:\/mini)?|packages\/protocol\/src\/.*)$/),
    broken: ['packages/protocol/src/x.ts', "import { shelf } from '@mend/exercises';"],
  },
  {
    title: 'A3 exercises import only core and their own files',
    holdsFor: shippedWithin('packages/exercises'),
    faults: importsOtherThan(/^(?:@mend\/core|packages\/exercises\/src\/.*)$/),
    broken: ['packages/exercises/src/x/index.ts', "export { version } from '@mend/protocol';"],
  },
  {
    title: 'A4 a package is entered by a door its exports open, and by no other way',
    holdsFor: isCode,
    faults: (source) => [...besideTheDoors(source), ...leavesItsPackage(source)],
    broken: ['apps/web/src/x.ts', "import { decide } from '../../../packages/core/src/session/decide.ts';"],
  },
  {
    title: 'A5 nothing imports an app but the tests and the launcher',
    holdsFor: (path) => isCode(path) && !path.startsWith('test/') && !path.startsWith('apps/launch/'),
    faults: importsMatching(/^@mend\/(?:server|web|launch)/),
    broken: ['apps/web/src/x.ts', "import { createServer } from '@mend/server';"],
  },
  {
    title: "A6 the server's session knows no express, no sockets and no SQL",
    holdsFor: shippedWithin('apps/server/src/session'),
    faults: importsMatching(
      /^(?:express|socket\.io|ws|node:(?:sqlite|https?|net)|apps\/server\/src\/transport)/,
    ),
    broken: ['apps/server/src/session/actor.ts', "import { WebSocket } from 'ws';"],
  },
  {
    title: "A7 the server's transport imports nothing from the store",
    holdsFor: shippedWithin('apps/server/src/transport'),
    faults: importsMatching(/^(?:apps\/server\/src\/store|@mend\/server\/store|node:sqlite)/),
    broken: ['apps/server/src/transport/http.ts', "import type { LogStore } from '../store/log-store.ts';"],
  },
  {
    title: "A8 the client's session knows no React",
    holdsFor: within('apps/web/src/session'),
    faults: importsMatching(
      /^(?:react|lucide-react|wouter|zustand$|apps\/web\/src\/(?:hooks|screens|panels|ui))/,
    ),
    broken: ['apps/web/src/session/x.ts', "import { create } from 'zustand';"],
  },
  {
    title: "A9 the client's ui knows no sessions",
    holdsFor: within('apps/web/src/ui'),
    faults: importsMatching(/^apps\/web\/src\/session/),
    broken: ['apps/web/src/ui/button.tsx', "import { drafts } from '../session/drafts.ts';"],
  },
  {
    title: 'A10 the environment is read by the two programs of the server alone, and by tools',
    holdsFor: (path) => isCode(path) && !environmentReaders.test(path),
    faults: (source) => [
      ...codeMatching(/\bprocess\.env\b/g)(source),
      ...importsMatching(/^(?:node:)?process$/)(source),
    ],
    broken: ['apps/server/src/config.ts', `const port = \`\${process.env.PORT}\`;`],
  },
  {
    title: 'A11 the packages have no clock, no randomness and no I/O',
    holdsFor: shippedWithin('packages'),
    faults: (source) => [
      ...codeMatching(
        /\bDate\b|\bMath\.random\b|\b(?:performance|crypto|process|console)\.|\bset(?:Timeout|Interval)\b|\bfetch\(/g,
      )(source),
      ...importsMatching(/^node:|^lib0\/(?:random|time|webcrypto|environment|storage|performance)/)(source),
    ],
    broken: ['packages/core/src/x.ts', 'export const now = (): number => Date.now();'],
  },
  {
    title: 'A12 no code file is longer than 400 lines',
    holdsFor: (path) => isCode(path) || path.endsWith('.css'),
    faults: ({ text }) => (text.split('\n').length > 401 ? [`${text.split('\n').length - 1} lines`] : []),
    broken: ['apps/web/src/x.ts', 'a;\n'.repeat(401)],
  },
  {
    title: 'A13 no file and no folder has a name that says nothing',
    holdsFor: isCode,
    faults: ({ path }) =>
      path.split('/').filter((part) => vagueNames.test(basename(part).split('.')[0] ?? '')),
    broken: ['apps/web/src/utils.ts', ''],
  },
  {
    title: 'A14 no test is singled out, and none is left out',
    holdsFor: isTestCode,
    faults: codeMatching(
      /\b(?:describe|it|test|suite|each)\b[^\s]*\.(?:only|skip|todo|skipIf|runIf)\(|\bx(?:it|describe)\(/g,
    ),
    broken: ['test/wire/x.test.ts', "test.only('one', () => {});"],
  },
  {
    title: "A15 no file holds a path of somebody's machine",
    holdsFor: () => true,
    faults: ({ text }) =>
      text.match(/(?<![\w.:/-])(?:\/(?:home|Users|root|work|mnt)|[A-Z]:\\\w+)[/\\][\w.-]+/g) ?? [],
    broken: ['README.md', `See ${['', 'home', 'somebody', 'notes.md'].join('/')}.`],
  },
  {
    title: 'A16 no code writes to a fixed place for temporary files',
    holdsFor: isCode,
    faults: ({ text }) => text.match(/(?<![\w.:/-])\/tmp\/[\w.-]+/g) ?? [],
    broken: ['test/wire/x.test.ts', `const folder = '${['', 'tmp', 'mend'].join('/')}';`],
  },
  {
    title: 'A17 what is shipped imports no tests and no fixtures',
    holdsFor: (path) => shippedWithin('apps', 'packages')(path),
    faults: importsMatching(/\/fixtures\/|\.test\.tsx?$|^test\/|^(?:vitest|fast-check|playwright-core)/),
    broken: ['packages/core/src/x.ts', "import { script } from './fixtures/script.ts';"],
  },
];
