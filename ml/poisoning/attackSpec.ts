/** The attacks on learning by name, with their options: what scenarios, federations and solvers say. */
import { Effect, Schema } from "effect"

/** Makes an option optional with this default, which the JSON Schema of scenarios shows. */
const orElse =
  <S extends Schema.Top>(value: S["Encoded"]) =>
  (schema: S) =>
    Schema.withDecodingDefaultKey<S["Rebuild"]>(Effect.succeed(value))(schema.annotate({ default: value }))

const finite = (minimum: number, maximum: number, description: string) =>
  Schema.Finite.check(
    Schema.isBetween({ minimum, maximum }, { expected: `a number from ${minimum} to ${maximum}` }),
  ).annotate({ description })

const integer = (minimum: number, maximum: number, description: string) =>
  Schema.Int.check(
    Schema.isBetween({ minimum, maximum }, { expected: `an integer from ${minimum} to ${maximum}` }),
  ).annotate({ description })

const shareBps = (what: string) =>
  integer(0, 10_000, `Share of the attacker's examples that ${what}, in bps.`)

export const Garbage = Schema.Struct({
  attack: Schema.Literal("garbage"),
  deviation: finite(0.0001, 100, "Standard deviation of invented weights.").pipe(orElse(0.1)),
}).annotate({ description: "Noise in place of an update: costs no training." })

export const SignFlip = Schema.Struct({
  attack: Schema.Literal("signFlip"),
  strength: finite(0.01, 1000, "How many times the honest update is taken back.").pipe(orElse(4)),
}).annotate({ description: "−strength × the honest update." })

export const Scaled = Schema.Struct({
  attack: Schema.Literal("scaled"),
  factor: finite(-1000, 1000, "By which the honest update is multiplied.").pipe(orElse(10)),
}).annotate({ description: "factor × the honest update." })

export const Gaussian = Schema.Struct({
  attack: Schema.Literal("gaussian"),
  relativeDeviation: finite(
    0,
    1000,
    "Standard deviation of the noise, in units of the update's root mean square.",
  ).pipe(orElse(10)),
}).annotate({ description: "The honest update with noise in proportion to it." })

export const Alie = Schema.Struct({
  attack: Schema.Literal("alie"),
  z: Schema.optionalKey(
    finite(
      0,
      100,
      "Standard deviations away from the mean. Default: in a federation as large as the numbers of clients and attackers allow; 1.5 for a solver alone.",
    ),
  ),
}).annotate({ description: "A little is enough: mean − z · standard deviation of honest updates." })

export const MinMax = Schema.Struct({
  attack: Schema.Literal("minMax"),
  strength: finite(0, 100, "Times the largest distance at which no distance gives it away.").pipe(orElse(1)),
}).annotate({ description: "As far from the mean of honest updates as they are from each other." })

export const LabelFlip = Schema.Struct({
  attack: Schema.Literal("labelFlip"),
  shift: integer(1, 255, "Label k becomes (k + shift) mod classes.").pipe(orElse(1)),
  shareBps: shareBps("is mislabelled").pipe(orElse(10_000)),
}).annotate({ description: "Honest training on wrong labels." })

export const Backdoor = Schema.Struct({
  attack: Schema.Literal("backdoor"),
  target: integer(0, 255, "The class that triggered examples are to be taken for.").pipe(orElse(0)),
  patchPixels: integer(1, 16, "Side of the square of full brightness that is the trigger.").pipe(orElse(4)),
  shareBps: shareBps("gets trigger and target label").pipe(orElse(5_000)),
  boost: finite(
    1,
    1000,
    "Factor on the update; at the number of solvers of a round it replaces the model.",
  ).pipe(orElse(1)),
}).annotate({ description: "Honest training with a trigger on a share of the examples." })

export const FreeRider = Schema.Struct({
  attack: Schema.Literal("freeRider"),
  mode: Schema.Literals(["globalModel", "copyLast"])
    .annotate({ description: "The global model itself, or a copy of another's last update." })
    .pipe(orElse("globalModel")),
  relativeDeviation: finite(
    0,
    100,
    "Standard deviation of the noise on a copy, in units of the copy's root mean square.",
  ).pipe(orElse(0.1)),
}).annotate({ description: "Trains nothing: the global model itself, or another's last update with noise." })

export const Overfit = Schema.Struct({
  attack: Schema.Literal("overfit"),
  repeats: integer(1, 1000, "Times that each leaked example occurs in an epoch.").pipe(orElse(1)),
}).annotate({ description: "Trains on the leaked examples that it will be judged by." })

export const AttackSpec = Schema.Union([
  Garbage,
  SignFlip,
  Scaled,
  Gaussian,
  Alie,
  MinMax,
  LabelFlip,
  Backdoor,
  FreeRider,
  Overfit,
])
export type AttackSpec = typeof AttackSpec.Type
/** As written: options that have a default may be left out. */
export type AttackInput = typeof AttackSpec.Encoded
export type AttackName = AttackSpec["attack"]

/** Fills in defaults; throws a `SchemaError` where an option is out of its range. */
export const attackSpecOf = (input: AttackInput): AttackSpec => Schema.decodeUnknownSync(AttackSpec)(input)
