/** Every strategy that ships, by name. Adding one means one file and one line here. */
import { fraudulentAggregator } from "./aggregator/fraudulent.ts"
import { honestAggregator } from "./aggregator/honest.ts"
import { stallingAggregator } from "./aggregator/stalling.ts"
import { partisanBuilder } from "./builder/partisan.ts"
import { bribableCoordinator } from "./coordinator/bribable.ts"
import { cartelCoordinator } from "./coordinator/cartel.ts"
import { runnerCoordinator } from "./coordinator/runner.ts"
import { withholderCoordinator } from "./coordinator/withholder.ts"
import { honestCoordinator } from "./coordinator/honest.ts"
import { credulousCoordinator } from "./coordinator/credulous.ts"
import { adaptiveCoordinator } from "./coordinator/adaptive.ts"
import { copierCoordinator } from "./coordinator/copier.ts"
import { fingerprinterCoordinator } from "./coordinator/fingerprinter.ts"
import { herderCoordinator } from "./coordinator/herder.ts"
import { learnerCoordinator } from "./coordinator/learner.ts"
import { trapReaderCoordinator } from "./coordinator/trapReader.ts"
import { lazyCoordinator } from "./coordinator/lazy.ts"
import { partlyLazyCoordinator } from "./coordinator/partlyLazy.ts"
import { biasedCurator } from "./curator/biased.ts"
import { honestCurator } from "./curator/honest.ts"
import { carouselHolder } from "./holder/carousel.ts"
import { delegateHolder } from "./holder/delegate.ts"
import { driftingHolder } from "./holder/drifter.ts"
import { missSlashingHolder } from "./holder/missSlasher.ts"
import { proposingHolder } from "./holder/proposer.ts"
import { raidingHolder } from "./holder/raider.ts"
import { retargetingHolder } from "./holder/retargeter.ts"
import { usurpingHolder } from "./holder/usurper.ts"
import { voteBuyingHolder } from "./holder/voteBuyer.ts"
import { hastyKeeper } from "./keeper/hasty.ts"
import { honestKeeper } from "./keeper/honest.ts"
import { slandererOutsider } from "./outsider/slanderer.ts"
import { watcherOutsider } from "./outsider/watcher.ts"
import { failingProvider } from "./provider/failing.ts"
import { honestProvider } from "./provider/honest.ts"
import { lyingProvider } from "./provider/lying.ts"
import { operatorProvider } from "./provider/operator.ts"
import { squatterProvider } from "./provider/squatter.ts"
import { withholdingProvider } from "./provider/withholding.ts"
import { bribingOutsider } from "./outsider/briber.ts"
import { slashingOutsider } from "./outsider/slasher.ts"
import { freeTokens } from "./backer/freeTokens.ts"
import { commitmentCopier } from "./outsider/commitmentCopier.ts"
import { junkHost } from "./outsider/junkHost.ts"
import { placeHolder } from "./outsider/placeHolder.ts"
import { poolDrainer } from "./outsider/poolDrainer.ts"
import { benchmarkProposer } from "./proposer/benchmark.ts"
import { stallingProposer } from "./proposer/staller.ts"
import { guessingSolver } from "./solver/guesser.ts"
import { latecomerSolver } from "./solver/latecomer.ts"
import { honestBacker } from "./backer/honest.ts"
import { honestFounder } from "./founder/honest.ts"
import { honestUser } from "./user/honest.ts"
import { budgetReuse } from "./founder/budgetReuse.ts"
import { foreignBudget } from "./outsider/foreignBudget.ts"
import { phantomBudget } from "./outsider/phantomBudget.ts"
import { selfDealingProposer } from "./proposer/selfDealing.ts"
import { honestProposer } from "./proposer/honest.ts"
import { leakyProposer } from "./proposer/leaky.ts"
import { boasterSolver } from "./solver/boaster.ts"
import { adaptiveSolver } from "./solver/adaptive.ts"
import { learnerSolver } from "./solver/learner.ts"
import { checkpointSpooferSolver } from "./solver/checkpointSpoofer.ts"
import { colluderSolver } from "./solver/colluder.ts"
import { freeRiderSolver } from "./solver/freeRider.ts"
import { honestSolver } from "./solver/honest.ts"
import { marketSolver } from "./solver/market.ts"
import { overfitterSolver } from "./solver/overfitter.ts"
import { poisonerSolver } from "./solver/poisoner.ts"
import { colludingValidator } from "./validator/colluding.ts"
import { honestValidator } from "./validator/honest.ts"
import { recordedValidator } from "./validator/recorded.ts"
import { rehearserSolver } from "./solver/rehearser.ts"
import { silentSolver } from "./solver/silent.ts"
import { sandbaggerSolver } from "./solver/sandbagger.ts"
import type { AnyStrategy } from "./strategy.ts"

export const strategies: ReadonlyMap<string, AnyStrategy> = new Map(
  [
    honestAggregator,
    partisanBuilder,
    bribableCoordinator,
    cartelCoordinator,
    runnerCoordinator,
    withholderCoordinator,
    honestCoordinator,
    adaptiveCoordinator,
    copierCoordinator,
    fingerprinterCoordinator,
    herderCoordinator,
    learnerCoordinator,
    trapReaderCoordinator,
    lazyCoordinator,
    partlyLazyCoordinator,
    biasedCurator,
    honestCurator,
    hastyKeeper,
    honestKeeper,
    delegateHolder,
    proposingHolder,
    raidingHolder,
    carouselHolder,
    driftingHolder,
    missSlashingHolder,
    retargetingHolder,
    usurpingHolder,
    voteBuyingHolder,
    bribingOutsider,
    slashingOutsider,
    colludingValidator,
    honestValidator,
    recordedValidator,
    freeTokens,
    commitmentCopier,
    junkHost,
    placeHolder,
    poolDrainer,
    benchmarkProposer,
    stallingProposer,
    guessingSolver,
    latecomerSolver,
    honestBacker,
    honestFounder,
    honestUser,
    budgetReuse,
    foreignBudget,
    phantomBudget,
    selfDealingProposer,
    honestProposer,
    leakyProposer,
    failingProvider,
    honestProvider,
    lyingProvider,
    withholdingProvider,
    adaptiveSolver,
    learnerSolver,
    checkpointSpooferSolver,
    freeRiderSolver,
    honestSolver,
    marketSolver,
    overfitterSolver,
    poisonerSolver,
    credulousCoordinator,
    slandererOutsider,
    operatorProvider,
    squatterProvider,
    boasterSolver,
    colluderSolver,
    rehearserSolver,
    silentSolver,
    sandbaggerSolver,
    fraudulentAggregator,
    stallingAggregator,
    watcherOutsider,
  ].map((strategy: AnyStrategy) => [strategy.name, strategy]),
)
