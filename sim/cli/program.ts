/**
 * The program behind the command line: arguments in, exit code out. The world that it plays is passed in.
 *
 * What a command needs is imported when it is given, so that help and a mistyped command answer at once.
 */
import { UNPLAYABLE } from "../experiment/unplayable.ts"
import { parseCommandLine, type Command, type ListCommand } from "./commandLine.ts"
import { EXIT } from "./exitCodes.ts"
import { helpText } from "./help.ts"
import type { ListOptions } from "./listParameters.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { styleFor } from "./terminal.ts"

/** Runs one command. Never rejects: an unforeseen error is printed and gives exit code 4. */
export async function program(
  args: readonly string[],
  loadWorld: () => Promise<SimulatedWorld>,
): Promise<number> {
  try {
    return await perform(parseCommandLine(args), loadWorld)
  } catch (error) {
    if (isBadInput(error)) {
      process.stderr.write(`${error.message}\n`)
      return EXIT.badInput
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`internal error, please report it: ${trace}\n`)
    return EXIT.internal
  }
}

async function perform(command: Command, loadWorld: () => Promise<SimulatedWorld>): Promise<number> {
  switch (command.command) {
    case "help":
      process.stdout.write(helpText(command.about))
      return EXIT.holds
    case "version": {
      const { programIdentity } = await import("../experiment/programIdentity.ts")
      process.stdout.write(`autonet-sim ${programIdentity().version} (node ${process.version})\n`)
      return EXIT.holds
    }
    case "schema": {
      const { scenarioJsonSchema } = await import("../scenario/jsonSchema.ts")
      const { registries } = await loadWorld()
      process.stdout.write(`${JSON.stringify(scenarioJsonSchema(registries), null, 2)}\n`)
      return EXIT.holds
    }
    case "metrics": {
      const { listMetrics } = await import("./listMetrics.ts")
      process.stdout.write(listMetrics(listOptions(command)))
      return EXIT.holds
    }
    case "replay": {
      const { replayRun } = await import("./replayRun.ts")
      return replayRun(command, await loadWorld())
    }
    case "scenarios": {
      const { listScenarios } = await import("./listScenarios.ts")
      process.stdout.write(listScenarios(listOptions(command)))
      return EXIT.holds
    }
    case "agents": {
      const { agentsCommand } = await import("./agentsCommand.ts")
      const { registries } = await loadWorld()
      process.stdout.write(await agentsCommand(registries, listOptions(command)))
      return EXIT.holds
    }
    case "params": {
      const { listParameters } = await import("./listParameters.ts")
      const { registries } = await loadWorld()
      process.stdout.write(listParameters(registries.parameters, listOptions(command)))
      return EXIT.holds
    }
    case "rules": {
      const { listRules } = await import("./listRules.ts")
      const { registries } = await loadWorld()
      process.stdout.write(listRules(registries.rules ?? [], listOptions(command)))
      return EXIT.holds
    }
    case "cache": {
      const { cacheCommand } = await import("./cacheCommand.ts")
      process.stdout.write(cacheCommand(command, styleFor(process.stdout, process.env)))
      return EXIT.holds
    }
    case "init": {
      const { initialise, initialiseStrategy } = await import("./initialise.ts")
      const { registries } = await loadWorld()
      const { folder, what } = command
      const initialiseIt = what === "strategy" ? initialiseStrategy : initialise
      process.stdout.write(initialiseIt(folder, registries))
      return EXIT.holds
    }
    case "trial": {
      const { runTrialFiles } = await import("./runTrialFiles.ts")
      return runTrialFiles(command, await loadWorld())
    }
    case "run": {
      const { runScenarioFile } = await import("./runScenarioFile.ts")
      return runScenarioFile(command, await loadWorld())
    }
  }
}

function listOptions({ pattern, json }: ListCommand): ListOptions {
  const { isTTY, columns } = process.stdout
  return {
    pattern,
    json,
    columns: isTTY ? (columns ?? 80) : undefined,
    style: styleFor(process.stdout, process.env),
  }
}

/** Errors whose message is for the user: about the command line, the scenario, its contracts, the folder, the installation. */
const BAD_INPUT = [
  ...UNPLAYABLE,
  "UsageError",
  "InvalidScenario",
  "FolderRefused",
  "FolderUnusable",
  "IdentityChanged",
  "GenesisFailed",
  "UnknownEngine",
  "CoreUnreadable",
  "UnknownMutant",
  "MutantOutdated",
]

function isBadInput(error: unknown): error is Error {
  return error instanceof Error && "_tag" in error && BAD_INPUT.includes(String(error._tag))
}
