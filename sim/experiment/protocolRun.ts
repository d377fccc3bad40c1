/** The run module of the product: the protocol's contracts, real learning, the strategies that ship. */
export { prepare } from "../run/prepare.ts"
export { runScenario } from "../run/runScenario.ts"
