/** The connections without their sockets: what a simulation and a fuzzer drive over networks of their own. */

export { type Admissions, type Admitted, createAdmissions } from '../seats/admissions.ts';
export { hashOf, tokenFor } from '../seats/secrets.ts';
export {
  type ControlConnection,
  type ControlConnections,
  type ControlEntry,
  type ControlWire,
  createControlConnections,
} from './control-connection.ts';
export {
  createDocumentConnections,
  type DocumentConnection,
  type DocumentConnections,
  type DocumentWire,
} from './document-connection.ts';
