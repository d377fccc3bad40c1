/** `learning.backdoor`: a trigger that is measured whether or not anybody plants it. */
import { Schema } from "effect"
import { about, integer, orElse } from "./fields.ts"

export const BackdoorField = Schema.Struct({
  target: integer(
    { min: 0, max: 255 },
    { title: "Target", description: "The class that triggered examples are to be taken for." },
  ),
  patchPixels: integer(
    { min: 1, max: 16 },
    {
      title: "Patch",
      description: "Side of the square of full brightness that is the trigger.",
      unit: "pixels",
      default: 4,
    },
  ).pipe(orElse(4)),
}).annotate({
  ...about({
    title: "Measured backdoor",
    description:
      "The trigger that backdoorSuccess and backdoorBaseRate are measured with in every setting, so that one without an attacker has a value to compare with. It takes the place of the triggers that attackers plant. Default: theirs; nothing is measured where nobody plants one.",
  }),
  expected: "a trigger such as { target: 0, patchPixels: 4 }",
})
