/** Imported first by every module from outside, so that it knows when their own code begins to run. */
import { evaluationBegins } from "./moduleHooks.ts"

evaluationBegins(import.meta.url)
