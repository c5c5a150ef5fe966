// Loaded before the conformance suite: it names a function of `fs` that Node 20 does not have, and does not call it here.
import { register } from 'node:module';

const STAND_IN = `data:text/javascript,${encodeURIComponent(
  "export * from 'node:fs'; export const globSync = () => { throw new Error('needs Node 22'); };",
)}`;

const HOOK = `
  export const resolve = (name, context, next) =>
    name === 'fs' && context.parentURL?.includes('/@modelcontextprotocol/conformance/')
      ? { url: ${JSON.stringify(STAND_IN)}, shortCircuit: true }
      : next(name, context);`;

register(`data:text/javascript,${encodeURIComponent(HOOK)}`);
