/** Which contract parameters a scenario changes: those of the registry, by `Contract.key`. */
import { Schema } from "effect"
import { parameterText } from "../results/parameterText.ts"
import { about } from "./fields.ts"
import { parameterJsonSchema, parameterValueWithin, rangeText } from "./parameterValue.ts"
import { parameterName, type ParameterEntry, type Registries } from "./registries.ts"

const parameterField = (entry: ParameterEntry) =>
  Schema.optionalKey(
    Schema.Unknown.check(
      Schema.makeFilter(
        (value: unknown) => {
          const parsed = parameterValueWithin(value, entry)
          return typeof parsed !== "string" || parsed
        },
        { expected: `a value of ${parameterName(entry)}` },
      ),
    ),
  )

/** A struct with one optional field per registered parameter, so that a wrong name meets "did you mean". */
export const parametersSection = ({ parameters }: Registries) => {
  const fields: Record<string, ReturnType<typeof parameterField>> = {}
  for (const entry of parameters) fields[parameterName(entry)] = parameterField(entry)
  return Schema.Struct(fields).annotate(
    about({
      title: "Contract parameters",
      description:
        'Numbers of the protocol by "Contract.key", such as "5 %", "7 days", 300; amounts of ATN name their unit: ' +
        '"50 ATN", "1 wei". autonet-sim params lists all of them.',
    }),
  )
}

/** The fields as a JSON Schema has them: a value that may be anything says nothing by itself. */
export const parameterProperties = ({ parameters }: Registries): Record<string, unknown> =>
  Object.fromEntries(
    parameters.map((entry) => {
      const { unit, description } = entry
      const range = `Default: ${parameterText(entry.default, unit)}; from ${rangeText(entry)}.`
      const info = about({
        title: parameterName(entry),
        description: `${description} ${range}`,
        unit,
      })
      return [parameterName(entry), { ...info, ...parameterJsonSchema(entry) }]
    }),
  )
