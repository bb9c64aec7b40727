export * from "./base.js";
export { remember as recall } from "./base.js";
export { default as root } from "./base.js";
export * as logging from "./base.js";
