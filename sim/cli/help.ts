/** The help texts. They are written by hand, because they are read. */
import { backendNames } from "../../ml/backends/backendName.ts"
import { defaultEngine, engineNames, judgeEngine } from "../../chain/engine/engines.ts"
import { cacheKindNames } from "../cache/cacheFolder.ts"
import { DEFAULT_AUDIT_SHARE } from "../experiment/auditSample.ts"
import {
  FIRST_FRESH_SEED,
  LEAST_REPLICATES,
  MOST_REPLICATES,
  RUNGS,
  SEARCH_RUNS,
  TRAINING_SEEDS,
} from "../trial/seeds.ts"
import type { CommandName } from "./commandLine.ts"

const SETTINGS = RUNGS[0]?.keep

const MAIN = `autonet-sim: does honest behaviour pay, and what is the cheapest way to break the protocol?

Plays a decentralised AI-training protocol: its real contracts in an EVM, real training, agents that follow
strategies, on virtual time. Everything random comes from the seed: the same scenario gives the same digest.

Usage
  autonet-sim run FILE      play a scenario and judge what it expects
  autonet-sim trial         put attacks on trial: does each succeed with its rule off, and with its rule on?
  autonet-sim init DIR      write a commented scenario to start from; with --strategy: a strategy of your own
  autonet-sim replay RUN    play a run of an experiment again and tell its story in words
  autonet-sim scenarios     list the scenarios and the attacks that ship, by name
  autonet-sim agents        list the strategies that agents may follow, with their options
  autonet-sim params        list the protocol's parameters: default, range, meaning, the call that sets each
  autonet-sim rules         list the rules of the built-in contracts that a run can do without
  autonet-sim metrics       list what can be measured: unit, formula, meaning
  autonet-sim cache         show or clear what is kept between starts to save time
  autonet-sim schema        print the JSON Schema of scenario files: all fields, strategies and their options
  autonet-sim help COMMAND  options and examples of one command
  autonet-sim --version

Start here
  autonet-sim run first-run                 the scenario that ships
  autonet-sim init my-study                 your own: edit my-study/scenario.yaml, then run it

Exit codes
  0  every expectation holds                3    undecided: more replicates may tell
  1  an expectation or an invariant fails   4    a run hung, crashed or was not reproducible
  2  bad input                              130  interrupted; what was finished is kept
`

const RUN = `Usage
  autonet-sim run FILE [options]
  autonet-sim run --resume DIR

Plays every replicate of the scenario (and of its comparisons, on the same seeds), prints who profited, judges the
scenario's expectations, and writes results and an HTML report. FILE is a path, or the name of a scenario or trial that
ships (autonet-sim scenarios lists them).

What to run
  --seed N             first seed; replicate i runs with N + i
  --replicates N       runs per setting
  --set PATH=VALUE     change the scenario; repeatable. PATH is as in error messages:
                         --set population[0].count=12
                         --set population[lazy-seat].strategy=coordinator/honest
                         --set parameters.ResultsRewards.panelSize=3
                         --set parameters.ResultsRewards.coordinatorFee='2 ATN'
  --contracts DIR      run on the contracts in a folder of Hardhat or Foundry artifacts; builtin: on the built-in ones
  --rule-off NAME      switch a rule of the built-in contracts off; repeatable

Strategies of your own
  A scenario names a strategy in a file by its path, relative to the scenario: strategy: ./mine.ts, or ./mine.ts#name
  where the file exports several. The file runs with your rights, as any program that you start: read it first if it
  is not yours. Within a run it obeys the bans that keep results reproducible. autonet-sim init --strategy DIR writes
  one to start from.

Where results go
  -o, --out DIR        default: out/NAME. A folder that holds something else is left alone
  --trace              keep every event of every run (gzipped lines of JSON)
  --json               print the result as one JSON document on stdout, and nothing else
  -q, --quiet          no progress on stderr

How to run
  -w, --workers N      worker threads; default: all cores. Results do not depend on it
  --check              play everything twice and compare
  --engine NAME        the EVM: ${engineNames.join(" or ")}; default: ${defaultEngine}. Results do not depend on it
  --audit-share SHARE  share of the runs, 0 to 1, that is repeated on ${judgeEngine}, which judges other engines;
                       default ${DEFAULT_AUDIT_SHARE}, and at least one run unless 0. A run that comes out differently
                       fails the whole result
  --ml-backend NAME    what learns: ${backendNames.join(" or ")}, where that is installed; default: wasm. Short for
                       --set learning.backend=NAME; results depend on it, and runs say which it was
  --resume DIR         continue after Ctrl-C or a kill, with the same result as without; options of the first start
                       are kept. Refused if an input changed
  --no-cache           work everything out anew: use and keep no compiled contracts, trainings or evaluations
  --watchdog SECONDS   end a run in which one step of an agent takes longer, EVM and training excluded; default 60

Examples
  autonet-sim run first-run --replicates 20
  autonet-sim run study.yaml --set learning.partition='{kind: dirichlet, alpha: 0.3}' --out out/skewed
  autonet-sim run study.yaml --json | jq '.settings[0].strategies[] | [.strategy, .profitAtn.mean]'

Exit codes: 0 holds, 1 fails or shows no effect larger than its margin, 2 bad input, 3 undecided, 4 internal,
130 interrupted.
NO_COLOR turns colours off.
`

const TRIAL = `Usage
  autonet-sim trial [FILE|DIR|NAME ...] [options]

Puts attacks on trial. A trial is a scenario with a section "trial": who attacks, when the attack counts as successful,
which rule stands against it, what the attacker may choose. Each is judged twice on fresh seeds, with the rule off and
with it on, each time with the best options that a search has found. Without names: all trials that ship
(autonet-sim scenarios lists them).

Rule off
  succeeds             as it must, or the attack is not modelled right: then the row says ATTACK NOT SHOWN
Rule on
  withstood            the attack does not succeed, or its effect is smaller than the trial's margin
  costs the attacker   withstood, and the attacker loses so much in all
  NOT WITHSTOOD        the attack succeeds in spite of the rule
  undecided            with the number of replicates that a decision would need, estimated from what was seen
  NO RESULT            all runs of the first look failed, and the first of them said this

Which, and how
  --only PATTERN       trials whose name, or failing that whose attack, contains it; * stands for anything. Repeatable:
                       trials that fit any of the patterns
  --search             choose options anew: ${SETTINGS} settings on one training seed, the best 8 on two more, the best 2 on
                       four more, with rule off and on (${2 * SEARCH_RUNS} runs a trial). Kept beside the trial in found/NAME.json
  --canary             a test of the search itself: on contracts that lack a rule, without being told which, it must find
                       among the options of all trials one that succeeds there and not on the complete contracts; for
                       every rule that a trial switches off. --only picks rules. Exit code 1 where it finds none
  --seed N             first fresh seed; default ${FIRST_FRESH_SEED}. Training seeds are ${TRAINING_SEEDS[0]} to ${TRAINING_SEEDS.at(-1)}
  --replicates N       of a verdict at most; default ${MOST_REPLICATES}. It is looked at after ${LEAST_REPLICATES}, or as many as could decide it, then
                       after twice as many, until it is decided
  -w, --workers N      worker threads; default: all cores. Results do not depend on it
  --watchdog SECONDS   end a run in which one step of an agent takes longer; default 60
  --no-cache           use and keep no compiled contracts, trainings or evaluations

Where results go
  -o, --out DIR        default: out/trials. trials.json and trials.md, with the commands that play worst replicates
  --json               print the table as one JSON document on stdout, and nothing else
  -q, --quiet          no progress on stderr

All verdicts of a table hold together with a probability of at least 95 %: repeated looks by Bonferroni, the table by Holm.

Examples
  autonet-sim trial --only lazy --only budget
  autonet-sim trial my-attack.yaml --search
  autonet-sim trial --canary --only budget
  autonet-sim run lazy-coordinator --seed ${FIRST_FRESH_SEED} --replicates 1

Exit codes: 0 every attack was shown and every verdict decided, also where a rule did not withstand; 1 an attack was not
shown; 2 bad input; 3 undecided; 4 a run hung or crashed; 130 interrupted: the verdicts that
there are are kept. What a trial's file expects is judged by run.
`

const SCHEMA = `Usage
  autonet-sim schema > scenario.schema.json

Prints the JSON Schema (draft 2020-12) of scenario files: every field with its meaning, unit, range and default, every
strategy and every contract parameter. Editors use it through a first line such as

  # yaml-language-server: $schema=./scenario.schema.json
`

const PARAMS = `Usage
  autonet-sim params [PATTERN] [--json]

Lists the parameters of the contracts: name, default with its unit, range, what it does, and the call by which
governance sets it. PATTERN is a part of a name, or of a description where no name has it; * stands for anything.

In a terminal each parameter has a few lines, fitted to its width; in a pipe it has one line; with --json the list is
a JSON document whose amounts are decimal text in the unit on chain.

Examples
  autonet-sim params lockup
  autonet-sim params 'ResultsRewards.*Bps'
  autonet-sim params --json | jq -r '.[] | select(.unit == "wei") | .name'

Setting one
  in a scenario       parameters: { ResultsRewards.coordinatorFee: "2 ATN", ParticipantStaking.solverLockup: "7 days" }
  on the command line --set parameters.ResultsRewards.consensusSlashBps='5 %'
  Amounts of ATN name their unit ("50 ATN", "1 wei"); shares may be written in percent, times as "36 h", and
  numbers of blocks as no time: how long a block takes is the scenario's ("300 blocks").
`

const REPLAY = `Usage
  autonet-sim replay RUN [--until TIME] [--agent NAME]
  autonet-sim replay DIR [--setting NAME] [--seed N] [--until TIME] [--agent NAME]

Plays one run of an experiment again, from what its folder says it was made from, and tells what happened: who did
what, at which virtual time and in which block, what it cost, and what followed. A run that failed or hung is told up to
there. RUN is the file of a result; DIR the folder of an experiment, of which the first run is told unless you say which.

  --setting NAME       base, or the name of a comparison; default base
  --seed N             seed of the run; default: the experiment's first
  --until TIME         stop after so much virtual time: '3 h', '90 min', '2 days'
  --agent NAME         only what concerns an agent (solver-3), or all of a role, strategy, group or owner
  --watchdog SECONDS   as for run; default 60

At the end the digest is compared with the first playing's. Exit code 4 if it is another one, or if the run failed.

Examples
  autonet-sim replay out/first-run/runs/base-1.json | less
  autonet-sim replay out/first-run --seed 2 --agent lazy-seat --until '3 h'
`

const SCENARIOS = `Usage
  autonet-sim scenarios [PATTERN] [--json]

Lists what ships, by name: scenarios, and trials, which are scenarios with an attack on trial. PATTERN is a part of a
name, or of a title where no name has it; * stands for anything.

Examples
  autonet-sim scenarios
  autonet-sim scenarios budget
  autonet-sim scenarios --json | jq -r '.[] | select(.kind == "trial") | .name'
`

const AGENTS = `Usage
  autonet-sim agents [PATTERN] [--json]
  autonet-sim agents FILE [--json]

Lists the strategies that ship, role by role: what each does in one line, and its options with default, values and
meaning. PATTERN is a part of a name, or of a description where no name has it; * stands for anything. With a FILE, such
as ./mine.ts, it loads the strategy in it (./mine.ts#name of several) and shows that one: whether it is one at all, and
what it offers.

In a terminal each strategy has a few lines, fitted to its width; in a pipe it has one line; with --json the list is a
JSON document.

Examples
  autonet-sim agents coordinator
  autonet-sim agents lazy
  autonet-sim agents --json | jq -r '.[] | select(.role == "solver") | .name'
`

const RULES = `Usage
  autonet-sim rules [PATTERN] [--json]

Lists the rules of the built-in contracts that can be switched off, each with what the contracts do otherwise. A run
without a rule shows what the rule is worth; results and report say which rules were off.

Examples
  autonet-sim rules
  autonet-sim run first-run --rule-off NAME
`

const METRICS = `Usage
  autonet-sim metrics [PATTERN] [--json]

Lists the metrics that expectations, comparisons and trials may speak of, each with its unit, its formula and its
meaning. Those with (…) are of agents: by the bare name of a strategy, role, group or owner, as in roi(solver/honest),
roi(attacker) or attacker.roi.

A number in a statement has the unit of the metric beside it, which may be written: 5 ATN, 12 hours, 1e6 gas, 2 nats,
3 count; a share is 5 % or 0.05.

Examples
  autonet-sim metrics
  autonet-sim metrics roi
  autonet-sim metrics --json | jq -r '.[] | select(.unit == "ATN") | .name'
`

const CACHE = `Usage
  autonet-sim cache [--json]
  autonet-sim cache clear [--only KIND ...] [--json]

Shows what is kept between starts, so that the same work is not done twice: how much of each kind, what it may take,
and when it was last used. clear removes it, or what --only names, which is repeatable: ${cacheKindNames.join(", ")}.
Nothing but time is lost.
What is no file of the program's is left where it is; clear names what stands in the place of one.

Results do not depend on it: whatever is read is checked against a hash, and what is damaged is worked out anew.
Results of another version of the program are never used. run --no-cache does without; run --check plays everything a
second time without.

It lies in $XDG_CACHE_HOME/autonet-sim, by default ~/.cache/autonet-sim.
`

const INIT = `Usage
  autonet-sim init DIR
  autonet-sim init --strategy DIR

Writes DIR/scenario.yaml, a commented scenario that runs as it is, and DIR/scenario.schema.json, which editors use to
complete and check it. Makes DIR; overwrites nothing.

With --strategy: DIR/strategy.ts, a strategy of your own to start from, a scenario that plays it against an honest
population, and a tsconfig.json that gives editors the types. A strategy runs with your rights, as any program that you
start.
`

export function helpText(about: CommandName | undefined): string {
  switch (about) {
    case "run":
      return RUN
    case "metrics":
      return METRICS
    case "replay":
      return REPLAY
    case "scenarios":
      return SCENARIOS
    case "agents":
      return AGENTS
    case "trial":
      return TRIAL
    case "params":
      return PARAMS
    case "rules":
      return RULES
    case "schema":
      return SCHEMA
    case "init":
      return INIT
    case "cache":
      return CACHE
    case undefined:
      return MAIN
  }
}
