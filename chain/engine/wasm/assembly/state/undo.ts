/** Going back to a mark of the journal. */
import { undoAccount } from "./accounts"
import * as journal from "./journal"
import { undoSlotValue, undoSlotWarm, undoTransient } from "./slots"

export function undoTo(mark: u32): void {
  while (journal.mark() > mark) {
    const entry = journal.takeYoungest()
    const kind = load<u32>(entry)
    const record = <usize>load<u32>(entry, journal.ENTRY_RECORD)
    if (kind == journal.SLOT_VALUE) undoSlotValue(record, entry)
    else if (kind == journal.SLOT_WARM) undoSlotWarm(record)
    else if (kind == journal.SLOT_TRANSIENT) undoTransient(record, entry)
    else undoAccount(kind, record, entry)
  }
}
