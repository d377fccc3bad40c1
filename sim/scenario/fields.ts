/** Constructors of the fields of a scenario file: a check, what it means, its unit and its default in one place. */
import { Effect, Schema } from "effect"
import { atnToWei } from "./amount.ts"

/** What a reader, a JSON Schema and an editor's tooltip need to know about a field. */
export interface About {
  readonly title: string
  readonly description: string
  readonly unit?: string
}

interface Range {
  readonly min: number
  readonly max: number
}

/** Annotations of a field; a unit is shown in the description, where editors display it, and as `x-unit`. */
export function about({ title, description, unit }: About): Record<string, string> {
  return unit === undefined
    ? { title, description }
    : { title, description: `${description} Unit: ${unit}.`, "x-unit": unit }
}

/** Makes a field optional with this default, which the JSON Schema shows. */
export function orElse<S extends Schema.Constraint>(value: S["Encoded"]) {
  return (schema: S) => Schema.withDecodingDefaultKey<S>(Effect.succeed(value))(schema)
}

/** A whole number in a range; `default` makes the field optional. */
export const integer = (range: Range, info: About & { readonly default?: number }) =>
  Schema.Int.check(
    Schema.isBetween(
      { minimum: range.min, maximum: range.max },
      { expected: `an integer from ${range.min} to ${range.max}` },
    ),
  ).annotate(info.default === undefined ? about(info) : { ...about(info), default: info.default })

/** A finite number in a closed range, or in a half-open one with `aboveMin`. */
export const decimal = (
  range: Range & { readonly aboveMin?: boolean },
  info: About & { readonly default?: number },
) =>
  Schema.Finite.check(
    Schema.isBetween(
      { minimum: range.min, maximum: range.max, exclusiveMinimum: range.aboveMin === true },
      { expected: `a number ${range.aboveMin === true ? "above" : "from"} ${range.min} to ${range.max}` },
    ),
  ).annotate(info.default === undefined ? about(info) : { ...about(info), default: info.default })

/**
 * An amount of ATN, zero or more: a number, or text where it has more digits than a float holds. At most 18 decimals,
 * or fewer with `decimals`.
 */
export const amount = (info: About & { readonly default?: number; readonly decimals?: number }) => {
  const step = info.decimals ?? 18
  return Schema.Union([Schema.Finite, Schema.String])
    .annotate({ expected: "an amount of ATN such as 12.5" })
    .check(
      Schema.makeFilter((value: number | string) => amountProblem(value, step), {
        expected: "an amount of ATN, zero or more",
        toJsonSchema: () => [{ minimum: 0 }, true],
      }),
    )
    .annotate({
      ...about({ ...info, unit: info.unit ?? "ATN" }),
      ...(info.default === undefined ? {} : { default: info.default }),
    })
}

function amountProblem(value: number | string, decimals: number): string | undefined {
  const wei = atnToWei(value)
  if (wei === "more than 18 decimals") return "an amount of ATN with at most 18 decimals (1 wei)"
  if (typeof wei === "string") return "an amount of ATN such as 12.5"
  if (wei < 0n) return "an amount of ATN, zero or more"
  if (wei % 10n ** BigInt(18 - decimals) !== 0n) return `an amount of ATN with at most ${decimals} decimals`
  if (wei > 10n ** 36n) return "an amount of at most 10^18 ATN"
  return undefined
}

/** Text that is not empty. */
export const text = (info: About) => Schema.NonEmptyString.annotate({ ...about(info), expected: "some text" })

/** `like-this`: names that become folders, files and words of expectations. */
export const kebabName = (info: About) =>
  Schema.String.check(
    Schema.isPattern(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u, {
      expected: "a name in lower case with hyphens, such as first-run",
    }),
    Schema.isMaxLength(64, { expected: "a name of at most 64 characters" }),
  ).annotate(about(info))
