export { encryptedLogStore } from './encrypted-log-store.ts';
export type { KeyFault, KeyFaultKind } from './key-fault.ts';
export { newMasterKey, writeKeyFile } from './key-file.ts';
export type { DataKey, KeyRing } from './key-ring.ts';
export { type Look, lookInto } from './look.ts';
export { createMemoryKeyRing, type MemoryKeys, noKeys } from './memory-key-ring.ts';
export { type EncryptedStoreOptions, keyFilesOf, openEncryptedStore } from './open-encrypted-store.ts';
export { type Rotated, type RotationStep, rotateMasterKey } from './rotate.ts';
