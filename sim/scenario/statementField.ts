/** A statement in the language of expectations, as a field of the file. */
import { Schema } from "effect"
import { parseExpectation } from "../results/expectationParser.ts"
import { about, type About } from "./fields.ts"

export const statement = (info: About) =>
  Schema.String.check(
    Schema.makeFilter(
      (source: string) => {
        const parsed = parseExpectation(source)
        return parsed._tag === "parsed" || `an expectation (${parsed.message})`
      },
      {
        expected: "an expectation such as: profit(coordinator/honest) > profit(coordinator/lazy) at 95%",
        toJsonSchema: () => [{}, true],
      },
    ),
  ).annotate(about(info))
