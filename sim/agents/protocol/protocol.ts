/**
 * The protocol as agents speak it, whatever the contract set.
 *
 * Each group of verbs has an implementation over the extensions of the built-in set and one over the public
 * interface. Which one an agent gets is decided group by group, by the functions that its set has: a set with hidden
 * solutions and open votes gets the one's solutions and the other's ballots.
 */
import { drawnAggregators } from "./drawnAggregators.ts"
import { firstAggregator } from "./firstAggregator.ts"
import type { Aggregators } from "./aggregators.ts"
import type { Ballots } from "./ballots.ts"
import { openBallots } from "./openBallots.ts"
import { sealedBallots } from "./sealedBallots.ts"
import type { Calls } from "./calls.ts"
import type { Disputes } from "./disputes.ts"
import { panelDisputes } from "./panelDisputes.ts"
import { callsAtReveal } from "./callsAtReveal.ts"
import { callsAtDeadline } from "./callsAtDeadline.ts"
import { callsOfPanels } from "./callsOfPanels.ts"
import { checkpointsOfTasks, noCheckpoints, type Checkpoints } from "./checkpoints.ts"
import type { GlobalModels } from "./globalModels.ts"
import { matureModels } from "./matureModels.ts"
import { roundModels } from "./roundModels.ts"
import type { Offers } from "./offers.ts"
import type { Participant } from "../participant.ts"
import type { Settlement } from "./settlement.ts"
import { settlementOfTasks } from "./settlementOfTasks.ts"
import { settlementOfVotes } from "./settlementOfVotes.ts"
import type { Solutions } from "./solutions.ts"
import { bareSolutions } from "./bareSolutions.ts"
import { saltedSolutions } from "./saltedSolutions.ts"
import type { Timetable } from "./timetable.ts"
import { agreedTimetable } from "./agreedTimetable.ts"
import { contractTimetable } from "./contractTimetable.ts"
import type { Modules } from "./modules.ts"
import { pricedModules } from "./pricedModules.ts"
import { unpricedModules } from "./unpricedModules.ts"
import type { ModelStorage } from "./modelStorage.ts"
import { provenHoldings } from "./provenHoldings.ts"
import { provesHoldings } from "./registeredModels.ts"
import { statedHoldings } from "./statedHoldings.ts"
import type { Traps } from "./traps.ts"
import { hiddenTraps } from "./hiddenTraps.ts"
import { publicTraps } from "./publicTraps.ts"

export interface Protocol {
  /** When the phases of a task end. */
  readonly timetable: Timetable
  /** Committing to a solution and revealing it. */
  readonly solutions: Solutions
  /** The trail that training leaves. */
  readonly checkpoints: Checkpoints
  /** Who is called to judge what, and when. */
  readonly calls: Calls
  /** Casting votes. */
  readonly ballots: Ballots
  /** From votes to results. */
  readonly settlement: Settlement
  /** Whose turn it is to average. */
  readonly aggregators: Aggregators
  /** Publishing global models and finding them. */
  readonly models: GlobalModels
  /** Known-bad results that test whether coordinators look. */
  readonly traps: Traps
  /** What tasks are about, and what that makes them worth. */
  readonly modules: Modules
  /** Models in shards; undefined where the set has no registry of them. */
  readonly storage: ModelStorage | undefined
  /** Disputes about global models; undefined where the set knows none, and every model stands. */
  readonly disputes: Disputes | undefined
}

export const createProtocol = (participant: Participant, offers: Offers): Protocol => {
  const all = (...names: readonly string[]): boolean => names.every(offers)
  const timetable = all("TaskContract.scheduleOf")
    ? contractTimetable(participant)
    : agreedTimetable(participant)
  const sealed = all(
    "ResultsRewards.commitVote",
    "ResultsRewards.revealVote",
    "ResultsRewards.voteCommitmentFor",
  )
  const panels = all("ResultsRewards.drawPanel", "ResultsRewards.panelOf")
  const salted = all("TaskContract.commitmentFor", "ResultsRewards.revealSaltedSolution")
  return {
    timetable,
    solutions: salted ? saltedSolutions(participant) : bareSolutions(participant),
    checkpoints: all("TaskContract.submitCheckpoint", "TaskContract.getCheckpoints")
      ? checkpointsOfTasks(participant)
      : noCheckpoints,
    calls: panels
      ? callsOfPanels(participant, timetable)
      : sealed
        ? callsAtDeadline(participant, timetable)
        : callsAtReveal(participant, timetable),
    ballots: sealed ? sealedBallots(participant, timetable) : openBallots(participant),
    settlement: all("ResultsRewards.closeTask", "ResultsRewards.outcomeOf")
      ? settlementOfTasks(participant)
      : settlementOfVotes(participant),
    aggregators: all("Project.drawAggregator", "Project.aggregatorOf")
      ? drawnAggregators(participant)
      : firstAggregator(participant),
    models: all("Project.publishGlobalModel", "Project.globalModelOf", "Project.lastRoundOf")
      ? roundModels(participant)
      : matureModels(participant),
    traps: all("ForcedErrorRegistry.commitForcedError", "ForcedErrorRegistry.revealForcedError")
      ? hiddenTraps(participant, timetable)
      : publicTraps(participant, timetable),
    modules:
      participant.contracts.scorecard !== undefined &&
      all("TaskContract.proposeTaskFor", "TaskContract.moduleOf")
        ? pricedModules(participant, participant.contracts.scorecard)
        : unpricedModules(participant),
    storage: storageOf(participant, offers),
    disputes: disputesOf(participant, offers),
  }
}

const storageOf = (participant: Participant, offers: Offers): ModelStorage | undefined => {
  const { shards } = participant.contracts
  if (shards === undefined) return undefined
  return provesHoldings(offers)
    ? provenHoldings(shards, participant, offers)
    : statedHoldings(shards, participant, offers)
}

const disputesOf = (participant: Participant, offers: Offers): Disputes | undefined => {
  const { disputes } = participant.contracts
  const needed = ["AggregationDisputes.openDispute", "Project.publishGlobalModel", "ResultsRewards.closeTask"]
  return disputes !== undefined && needed.every(offers) ? panelDisputes(disputes, participant) : undefined
}
