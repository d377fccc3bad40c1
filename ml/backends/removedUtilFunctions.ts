/**
 * The type checks of `node:util` that Node 23 removed. Packages written before call them; they get them back here,
 * with the meaning that Node's documentation gave them.
 */
import util from "node:util"

type Check = (value: unknown) => boolean

const isObject: Check = (value) => value !== null && typeof value === "object"
const isFunction: Check = (value) => typeof value === "function"

const removed: Readonly<Record<string, Check>> = {
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === "boolean",
  isDate: util.types.isDate,
  isError: (value) => util.types.isNativeError(value) || value instanceof Error,
  isFunction,
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === "number",
  isObject,
  isPrimitive: (value) => !isObject(value) && !isFunction(value),
  isRegExp: util.types.isRegExp,
  isString: (value) => typeof value === "string",
  isSymbol: (value) => typeof value === "symbol",
  isUndefined: (value) => value === undefined,
}

/** Adds those that `node:util` has not; what it has stays as it is. */
export const supplyRemovedUtilFunctions = (): void => {
  for (const [name, check] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: check, configurable: true })
  }
}
