/**
 * Language models that judge amendments, as a model: each errs with a probability, those of one family err together, and
 * a text may carry instructions that one family obeys and another does not.
 */
import { Schema } from "effect"
import { deriveStream, type RandomStream } from "../../kernel/randomStream.ts"
import { withDefault } from "../strategyOptions.ts"

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

export const evaluatorOptions = {
  accuracy: share.pipe(withDefault(0.9, "Probability that a verdict is right on a text without tricks.")),
  families: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(1, "Model families among the validators, dealt to them in turn."),
  ),
  sharedError: share.pipe(
    withDefault(
      0.3,
      "Probability, for each proposal and family, that all of the family come to one verdict together.",
    ),
  ),
  susceptibility: share.pipe(
    withDefault(0.3, "Probability that a family obeys instructions that a proposal's text carries."),
  ),
}

export interface Evaluator {
  readonly accuracy: number
  readonly families: number
  readonly sharedError: number
  readonly susceptibility: number
}

export interface TextToJudge {
  /** Names the text: the same text gets the same from one family. */
  readonly subject: string
  readonly breaksPrinciples: boolean
  readonly injection: boolean
}

/**
 * Whether the validator of this place approves of a text. `common` names what all validators of a run share; `own` is
 * the validator's own stream.
 */
export const approves = (
  { accuracy, families, sharedError, susceptibility }: Evaluator,
  { subject, breaksPrinciples, injection }: TextToJudge,
  { place, common, own }: { readonly place: number; readonly common: string; readonly own: RandomStream },
): boolean => {
  const family = deriveStream(common, `model-family/${place % families}/${subject}`)
  const obeys = family.next() < susceptibility
  const together = family.next() < sharedError
  const right = (together ? family.next() : own.next()) < accuracy
  return (injection && obeys) || right === !breaksPrinciples
}
