import { autonetDaoMutants } from "../../chain/mutants/autonetDao.ts"
import { constitutionMutants } from "../../chain/mutants/constitution.ts"
import { timelockMutants } from "../../chain/mutants/timelock.ts"
import { treasuryMutants } from "../../chain/mutants/treasury.ts"
import { testKills } from "./kill.ts"

testKills([...autonetDaoMutants, ...constitutionMutants, ...timelockMutants, ...treasuryMutants])
