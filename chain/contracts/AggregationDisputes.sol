// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ATNToken} from "./ATNToken.sol";
import {DisputePanel} from "./DisputePanel.sol";
import {IAggregationDisputes} from "./interfaces/IAggregationDisputes.sol";
import {IProjectRounds} from "./interfaces/IProjectRounds.sol";
import {
    BPS,
    PUBLICATION_DISPUTABLE,
    PUBLICATION_DISPUTED,
    PUBLICATION_UNDISPUTED,
    PUBLICATION_DISPROVED,
    PUBLICATION_UPHELD,
    PUBLICATION_UNDECIDED
} from "./Enumerations.sol";

/// @title Disputes about published global models. Amounts in wei of ATN, shares in basis points.
/// @notice Anyone may dispute what an aggregator published, with a deposit, one dispute at a time. Disproved: the
/// aggregator is slashed, the disputer gets its share and the deposit back, the round is published again. Upheld:
/// the deposit goes to the aggregator. Undecided: it goes back, or to the treasury where nobody drew a panel, and what
/// is left of the window is for others. Without a panel or a quorum the dispute's own blocks don't count as window, so
/// that nobody shields a publication by disputes that lead nowhere. Of what the loser pays, the panel's majority gets
/// a fee. An aggregator can't withdraw its stake before its publication is beyond dispute.
contract AggregationDisputes is DisputePanel, IAggregationDisputes {
    using SafeCast for uint256;

    ATNToken public immutable atnToken;
    IProjectRounds public immutable project;
    /// @notice Deposits held for open disputes: all ATN that this contract has.
    uint256 public totalDeposits;
    uint256 public nextPublicationId = 1;

    event PublicationRecorded(
        uint256 indexed projectId,
        uint256 indexed round,
        address indexed aggregator,
        uint256 disputableUntil
    );
    event DisputeOpened(
        uint256 indexed projectId,
        uint256 indexed round,
        address indexed disputer,
        uint256 deposit
    );
    event DisputeClosed(
        uint256 indexed projectId,
        uint256 indexed round,
        uint8 state,
        uint256 mismatchStake,
        uint256 matchingStake
    );
    event VerdictPaid(
        uint256 indexed projectId,
        uint256 indexed round,
        address indexed coordinator,
        uint256 amount
    );
    event AggregatorReleased(uint256 indexed projectId, uint256 indexed round, address indexed aggregator);

    error NotProject(address caller);
    error NotDisputable(uint256 projectId, uint256 round, uint8 state);
    error DisputeWindowOver(uint256 currentBlock, uint256 lastBlock);
    error DisputeStillOpen(uint256 currentBlock, uint256 lastBlock);

    constructor(
        address atnToken_,
        address staking_,
        address project_,
        address governance_
    ) DisputePanel(staking_, governance_) {
        atnToken = ATNToken(atnToken_);
        project = IProjectRounds(project_);
        uint128 one = uint128(BPS);
        _declare("aggregationDisputeBlocks", 100, 0, 1e6);
        _declare("aggregationDeposit", 50e18, 0, 1e27);
        _declare("disputeDrawBlocks", 25, 1, 1e6);
        _declare("verdictCommitBlocks", 50, 1, 1e6);
        _declare("verdictRevealBlocks", 50, 1, 1e6);
        _declare("verdictPanelSize", 5, 1, 32);
        _declare("verdictQuorumBps", 5_000, 0, one);
        _declare("verdictFeePot", 10e18, 0, 1e27);
        _declare("disprovedSlashBps", 1_000, 0, one);
        _declare("disputerShareBps", 5_000, 0, one);
        _declare("silentVerdictSlashBps", 500, 0, one);
        _declare("dissentingVerdictSlashBps", 1_000, 0, one);
        _declare("returnDisprovedReward", 1, 0, 1);
    }

    /// @notice Project only, when the aggregator of a round publishes.
    function recordPublication(
        uint256 projectId,
        uint256 round,
        address aggregator,
        uint256 reward
    ) external {
        if (msg.sender != address(project)) revert NotProject(msg.sender);
        uint256 id = nextPublicationId++;
        uint256 windowEnd = block.number + _value("aggregationDisputeBlocks");
        _publicationIds[projectId][round] = id;
        _publications[id] = Publication(
            aggregator,
            PUBLICATION_DISPUTABLE,
            uint48(windowEnd),
            reward.toUint128(),
            projectId.toUint64(),
            uint64(round)
        );
        staking.openDuty(aggregator);
        emit PublicationRecorded(projectId, round, aggregator, windowEnd);
    }

    /// @notice Anyone, within aggregationDisputeBlocks of a publication. Takes the deposit.
    function openDispute(uint256 projectId, uint256 round) external {
        uint256 id = _publicationIds[projectId][round];
        Publication storage p = _publications[id];
        if (p.state != PUBLICATION_DISPUTABLE) revert NotDisputable(projectId, round, p.state);
        if (block.number > p.windowEnd) revert DisputeWindowOver(block.number, p.windowEnd);
        p.state = PUBLICATION_DISPUTED;
        uint256 deposit = _value("aggregationDeposit");
        _fixRules(_disputes[id], deposit);
        totalDeposits += deposit;
        if (deposit > 0) atnToken.transferFrom(msg.sender, address(this), deposit);
        emit DisputeOpened(projectId, round, msg.sender, deposit);
    }

    /// @notice Anyone, after the reveal window, or after the draw window where no panel was drawn. Decided if verdicts
    /// with a quorum of the panel's stake were revealed and one has more than half of theirs. Undecided inside the
    /// window, the publication can be disputed again. The window grows by the dispute's blocks where there was no panel
    /// or no quorum; each such dispute costs a deposit or the panel's silence, which bounds how many there can be.
    function closeDispute(uint256 projectId, uint256 round) external {
        uint256 id = _disputedId(projectId, round);
        Dispute storage d = _disputes[id];
        uint256 last = d.revealEnd == 0 ? d.drawEnd : d.revealEnd;
        if (block.number <= last) revert DisputeStillOpen(block.number, last);
        (uint256 mismatch, uint256 matching) = _tally(id);
        uint8 state = _verdict(d, mismatch, matching);
        emit DisputeClosed(projectId, round, state, mismatch, matching);
        if (!_isQuorate(d, mismatch + matching)) {
            _publications[id].windowEnd += uint48(block.number - d.openedAt);
        }
        _conclude(id, state);
        _settle(id, d, state, state == PUBLICATION_DISPROVED ? mismatch : matching);
    }

    /// @notice Anyone, once nobody can dispute a publication any more: ends the aggregator's duty.
    function releaseAggregator(uint256 projectId, uint256 round) external {
        Publication storage p = _publications[_publicationIds[projectId][round]];
        if (p.state != PUBLICATION_DISPUTABLE) revert NotDisputable(projectId, round, p.state);
        if (block.number <= p.windowEnd) revert DisputeStillOpen(block.number, p.windowEnd);
        p.state = PUBLICATION_UNDISPUTED;
        staking.closeDuty(p.aggregator);
        emit AggregatorReleased(projectId, round, p.aggregator);
    }

    // Views

    /// @notice Whether a dispute about a round's latest publication is open.
    function isDisputed(uint256 projectId, uint256 round) external view returns (bool) {
        return publicationOf(projectId, round).state == PUBLICATION_DISPUTED;
    }

    /// @notice Whether anyone may still dispute a round's latest publication.
    function isDisputable(uint256 projectId, uint256 round) external view returns (bool) {
        Publication memory p = publicationOf(projectId, round);
        return p.state == PUBLICATION_DISPUTABLE && block.number <= p.windowEnd;
    }

    /// @notice Whether a round's latest publication stands and can't be disputed any more; also one that no
    /// aggregator made.
    function isFinal(uint256 projectId, uint256 round) external view returns (bool) {
        Publication memory p = publicationOf(projectId, round);
        if (p.state == PUBLICATION_DISPUTABLE) return block.number > p.windowEnd;
        return p.state != PUBLICATION_DISPUTED && p.state != PUBLICATION_DISPROVED;
    }

    /// @notice A round's latest publication by an aggregator. State: 0 none, 1 disputable, 2 disputed, 3 released
    /// undisputed, 4 disproved, 5 upheld, 6 undecided. `windowEnd` is the last block to dispute it.
    function publicationOf(uint256 projectId, uint256 round) public view returns (Publication memory) {
        return _publications[_publicationIds[projectId][round]];
    }

    /// @notice The dispute about a round's latest publication, with the rules it was opened under.
    function disputeOf(uint256 projectId, uint256 round) external view returns (Dispute memory) {
        return _disputes[_publicationIds[projectId][round]];
    }

    // Inside

    function _fixRules(Dispute storage d, uint256 deposit) private {
        d.disputer = msg.sender;
        d.openedAt = uint48(block.number);
        d.drawEnd = uint48(block.number + _value("disputeDrawBlocks"));
        d.commitBlocks = uint32(_value("verdictCommitBlocks"));
        d.revealBlocks = uint32(_value("verdictRevealBlocks"));
        d.panelSize = uint8(_value("verdictPanelSize"));
        d.quorumBps = uint16(_value("verdictQuorumBps"));
        d.slashBps = uint16(_value("disprovedSlashBps"));
        d.disputerShareBps = uint16(_value("disputerShareBps"));
        d.silentSlashBps = uint16(_value("silentVerdictSlashBps"));
        d.dissentSlashBps = uint16(_value("dissentingVerdictSlashBps"));
        d.returnReward = _value("returnDisprovedReward") == 1;
        d.feePot = uint128(_value("verdictFeePot"));
        d.deposit = uint128(deposit);
    }

    function _verdict(Dispute storage d, uint256 mismatch, uint256 matching) private view returns (uint8) {
        if (!_isQuorate(d, mismatch + matching)) return PUBLICATION_UNDECIDED;
        if (mismatch > matching) return PUBLICATION_DISPROVED;
        return matching > mismatch ? PUBLICATION_UPHELD : PUBLICATION_UNDECIDED;
    }

    function _isQuorate(Dispute storage d, uint256 cast) private view returns (bool) {
        return d.revealEnd != 0 && cast * BPS >= uint256(d.panelStake) * d.quorumBps;
    }

    /// @dev What can be disputed again is another publication, as one that is made again: no panel, commitment or
    /// verdict of the last dispute counts in the next. Its aggregator stays on duty.
    function _conclude(uint256 id, uint8 state) private {
        Publication storage p = _publications[id];
        p.state = state;
        if (state != PUBLICATION_UNDECIDED || block.number > p.windowEnd) {
            staking.closeDuty(p.aggregator);
            return;
        }
        uint256 next = nextPublicationId++;
        _publicationIds[p.projectId][p.round] = next;
        _publications[next] = p;
        _publications[next].state = PUBLICATION_DISPUTABLE;
    }

    /// @dev The purse is what this contract holds for the dispute: the deposit and what came of the slash. The panel's
    /// majority is paid out of it, the winner gets the rest.
    function _settle(uint256 id, Dispute storage d, uint8 state, uint256 majorityStake) private {
        Publication storage p = _publications[id];
        uint256 purse = d.deposit;
        totalDeposits -= purse;
        address winner = d.disputer;
        uint256 pot;
        uint256 refund;
        if (state == PUBLICATION_DISPROVED) {
            (uint256 share, uint256 fees) = _slashAggregator(p, d);
            purse += share + fees;
            pot = fees;
            refund = _takeBackReward(p, d);
        } else if (state == PUBLICATION_UPHELD) {
            winner = p.aggregator;
            pot = d.feePot < purse ? d.feePot : purse;
        } else if (d.revealEnd == 0) {
            winner = staking.treasury();
        }
        purse -= _settlePanel(id, d, state, pot, majorityStake);
        if (purse > 0 && winner == address(0)) atnToken.burn(purse);
        else if (purse > 0) atnToken.transfer(winner, purse);
        if (state == PUBLICATION_DISPROVED) project.reopenRound(p.projectId, p.round, refund);
    }

    /// @return share of the disputer. @return fees of the panel, out of the treasury's part.
    function _slashAggregator(
        Publication storage p,
        Dispute storage d
    ) private returns (uint256 share, uint256 fees) {
        uint256 penalty = (staking.getStake(p.aggregator).amount * d.slashBps) / BPS;
        share = (penalty * d.disputerShareBps) / BPS;
        fees = penalty - share;
        if (fees > d.feePot) fees = d.feePot;
        staking.slashAndShare(
            p.aggregator,
            penalty,
            address(this),
            share + fees,
            "published model disproved"
        );
    }

    /// @dev The reward of a disproved round goes from the aggregator's stake to the project's budget.
    function _takeBackReward(Publication storage p, Dispute storage d) private returns (uint256) {
        if (!d.returnReward) return 0;
        return
            staking.slashAndShare(
                p.aggregator,
                p.reward,
                address(project),
                p.reward,
                "reward of a disproved model"
            );
    }

    /// @return paid to the majority, by stake, rounded down. Silence and a dissenting verdict cost a share of stake.
    function _settlePanel(
        uint256 id,
        Dispute storage d,
        uint8 state,
        uint256 pot,
        uint256 majorityStake
    ) private returns (uint256 paid) {
        Seat[] storage seats = _seats[id];
        for (uint256 i; i < seats.length; i++) {
            Seat memory seat = seats[i];
            staking.closeDuty(seat.coordinator);
            if (!seat.revealed) {
                uint256 stake = staking.getStake(seat.coordinator).amount;
                staking.slash(seat.coordinator, (stake * d.silentSlashBps) / BPS, "verdict not revealed");
            } else if (state == PUBLICATION_UNDECIDED) {
                continue;
            } else if (seat.mismatch != (state == PUBLICATION_DISPROVED)) {
                uint256 penalty = (uint256(seat.weight) * d.dissentSlashBps) / BPS;
                staking.slash(seat.coordinator, penalty, "verdict against the panel");
            } else {
                paid += _payVerdict(id, seat, pot, majorityStake);
            }
        }
    }

    function _payVerdict(
        uint256 id,
        Seat memory seat,
        uint256 pot,
        uint256 majorityStake
    ) private returns (uint256 fee) {
        fee = (pot * seat.weight) / majorityStake;
        if (fee == 0) return 0;
        atnToken.transfer(seat.coordinator, fee);
        emit VerdictPaid(_publications[id].projectId, _publications[id].round, seat.coordinator, fee);
    }
}
