import type { ContractReadError, SubscriptionOverflow, TransactionReverted } from "../../../chain/errors.ts"
import type { WriteError } from "../../../chain/contractTypes.ts"
import type { ContentNotFound } from "../../../ml/store/contentStore.ts"
import type { DocumentMalformed } from "../../../ml/store/documentMalformed.ts"

/** What may stop a verb. That a transaction reverts is no failure: others may have been quicker, or it is too late. */
export type ProtocolFailure =
  | ContractReadError
  | Exclude<WriteError, TransactionReverted>
  | SubscriptionOverflow
  | ContentNotFound
  | DocumentMalformed
