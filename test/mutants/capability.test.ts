import { aggregationDisputesMutants } from "../../chain/mutants/aggregationDisputes.ts"
import { modelShardRegistryMutants } from "../../chain/mutants/modelShardRegistry.ts"
import { testKills } from "./kill.ts"

testKills([...aggregationDisputesMutants, ...modelShardRegistryMutants])
