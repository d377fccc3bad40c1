import { accuracyByRoundFigure } from "./accuracyByRound.ts"
import type { FigureMaker } from "./figure.ts"
import { profitOverTimeFigure } from "./profitOverTime.ts"

/** Every figure, in the order of the page. A new figure is a new file and a line here. */
export const figureMakers: readonly FigureMaker[] = [profitOverTimeFigure, accuracyByRoundFigure]
