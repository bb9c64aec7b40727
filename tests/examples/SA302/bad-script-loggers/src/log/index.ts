export { makeLog, levelled, forModule, getLogger, logObject, cached, win, bun, dbg, l4, cons, ts } from "./factory.js";
export * as holding from "./factory.js";
import { root } from "./factory.js";
export default root;
export const { info, error } = console;
export const say = root.info.bind(root);
