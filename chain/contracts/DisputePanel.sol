// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {ROLE_COORDINATOR, PUBLICATION_DISPUTED} from "./Enumerations.sol";

/// @title The panel of a dispute: coordinators drawn by stake recompute the average, commit, then reveal.
/// @notice Averaging is deterministic, so there is one right verdict: the published model is the average of the
/// round's verified updates, or there is a mismatch. Stakes in wei of ATN, windows in blocks.
abstract contract DisputePanel is Parameterised {
    /// @dev What an aggregator published. A round that is published again is another publication.
    struct Publication {
        address aggregator;
        uint8 state;
        uint48 windowEnd;
        uint128 reward;
        uint64 projectId;
        uint64 round;
    }

    /// @dev Snapshot of the rules at the opening; later changes of parameters do not reach an open dispute.
    struct Dispute {
        address disputer;
        uint48 openedAt;
        uint48 drawEnd;
        uint48 commitEnd;
        uint48 revealEnd;
        uint32 commitBlocks;
        uint32 revealBlocks;
        uint8 panelSize;
        uint16 quorumBps;
        uint16 slashBps;
        uint16 disputerShareBps;
        uint16 silentSlashBps;
        uint16 dissentSlashBps;
        bool returnReward;
        uint128 deposit;
        uint128 feePot;
        uint128 panelStake;
    }

    /// @dev `weight` is set by the reveal: the stake then, at most the stake at the draw.
    struct Seat {
        address coordinator;
        uint96 stake;
        bytes32 commitment;
        uint96 weight;
        bool revealed;
        bool mismatch;
    }

    IParticipantStaking public immutable staking;

    mapping(uint256 projectId => mapping(uint256 round => uint256)) internal _publicationIds;
    mapping(uint256 publicationId => Publication) internal _publications;
    mapping(uint256 publicationId => Dispute) internal _disputes;
    mapping(uint256 publicationId => Seat[]) internal _seats;

    event DisputePanelDrawn(
        uint256 indexed projectId,
        uint256 indexed round,
        address[] panel,
        uint256[] stakes
    );
    event VerdictCommitted(
        uint256 indexed projectId,
        uint256 indexed round,
        address indexed coordinator,
        bytes32 commitment
    );
    event VerdictRevealed(
        uint256 indexed projectId,
        uint256 indexed round,
        address indexed coordinator,
        bool mismatch,
        uint256 stake
    );

    error NotDisputed(uint256 projectId, uint256 round);
    error DisputePanelDrawnAlready(uint256 projectId, uint256 round);
    error DisputePanelNotDrawn(uint256 projectId, uint256 round);
    error OutsideDrawWindow(uint256 currentBlock, uint256 firstBlock, uint256 lastBlock);
    error OutsideVerdictWindow(uint256 currentBlock, uint256 firstBlock, uint256 lastBlock);
    error NobodyToDraw(uint8 role);
    error NotOnDisputePanel(uint256 projectId, uint256 round, address caller);
    error NotActiveCoordinator(address caller);
    error VerdictGivenAlready(uint256 projectId, uint256 round, address coordinator);
    error EmptyCommitment();
    error WrongVerdictReveal(bytes32 revealed, bytes32 committed);

    constructor(address staking_, address governance_) Parameterised(governance_) {
        staking = IParticipantStaking(staking_);
    }

    /// @notice Anyone, once a dispute, from the block after its opening for disputeDrawBlocks. Within one block every
    /// caller gets the same draw. The disputer itself is never drawn.
    function drawPanel(uint256 projectId, uint256 round) external {
        uint256 id = _disputedId(projectId, round);
        Dispute storage d = _disputes[id];
        if (d.revealEnd != 0) revert DisputePanelDrawnAlready(projectId, round);
        if (block.number <= d.openedAt || block.number > d.drawEnd) {
            revert OutsideDrawWindow(block.number, uint256(d.openedAt) + 1, d.drawEnd);
        }
        bytes32 seed = keccak256(abi.encode(block.prevrandao, address(this), id));
        uint256 size = d.panelSize;
        (address[] memory drawn, uint256[] memory stakes) = staking.drawByStake(
            ROLE_COORDINATOR,
            seed,
            size + 1
        );
        uint256 seated = _seat(id, d, drawn, stakes, size);
        if (seated == 0) revert NobodyToDraw(ROLE_COORDINATOR);
        assembly ("memory-safe") {
            mstore(drawn, seated)
            mstore(stakes, seated)
        }
        d.commitEnd = uint48(block.number + d.commitBlocks);
        d.revealEnd = uint48(d.commitEnd + d.revealBlocks);
        emit DisputePanelDrawn(projectId, round, drawn, stakes);
    }

    /// @notice A coordinator of the panel, once, from the draw to the end of the commit window; not if it has asked to
    /// unstake. A slash since the draw doesn't silence it: its verdict weighs the stake that is left.
    function commitVerdict(uint256 projectId, uint256 round, bytes32 commitment) external {
        uint256 id = _drawnId(projectId, round);
        uint256 last = _disputes[id].commitEnd;
        if (block.number > last) revert OutsideVerdictWindow(block.number, 0, last);
        if (commitment == 0) revert EmptyCommitment();
        Seat storage seat = _seatOf(id, msg.sender);
        if (seat.commitment != 0) revert VerdictGivenAlready(projectId, round, msg.sender);
        if (!staking.getStake(msg.sender).active) revert NotActiveCoordinator(msg.sender);
        seat.commitment = commitment;
        emit VerdictCommitted(projectId, round, msg.sender, commitment);
    }

    /// @notice Who committed, in the reveal window, also if it has asked to unstake since.
    function revealVerdict(uint256 projectId, uint256 round, bool mismatch, bytes32 salt) external {
        uint256 id = _drawnId(projectId, round);
        Dispute storage d = _disputes[id];
        if (block.number <= d.commitEnd || block.number > d.revealEnd) {
            revert OutsideVerdictWindow(block.number, uint256(d.commitEnd) + 1, d.revealEnd);
        }
        Seat storage seat = _seatOf(id, msg.sender);
        if (seat.revealed) revert VerdictGivenAlready(projectId, round, msg.sender);
        bytes32 revealed = verdictCommitmentFor(projectId, round, msg.sender, mismatch, salt);
        if (revealed != seat.commitment) revert WrongVerdictReveal(revealed, seat.commitment);
        uint256 weight = staking.getStake(msg.sender).amount;
        if (weight > seat.stake) weight = seat.stake;
        seat.revealed = true;
        seat.mismatch = mismatch;
        seat.weight = uint96(weight);
        emit VerdictRevealed(projectId, round, msg.sender, mismatch, weight);
    }

    /// @notice What a coordinator commits to: bound to the publication, to itself and to a salt.
    function verdictCommitmentFor(
        uint256 projectId,
        uint256 round,
        address coordinator,
        bool mismatch,
        bytes32 salt
    ) public view returns (bytes32) {
        uint256 id = _publicationIds[projectId][round];
        return keccak256(abi.encode(address(this), id, coordinator, mismatch, salt));
    }

    /// @notice The panel of a round's latest publication, with stakes at the draw and verdicts revealed so far.
    function panelOf(uint256 projectId, uint256 round) external view returns (Seat[] memory) {
        return _seats[_publicationIds[projectId][round]];
    }

    /// @dev Stake behind either verdict, revealed ones only.
    function _tally(uint256 id) internal view returns (uint256 mismatch, uint256 matching) {
        Seat[] storage seats = _seats[id];
        for (uint256 i; i < seats.length; i++) {
            if (!seats[i].revealed) continue;
            if (seats[i].mismatch) mismatch += seats[i].weight;
            else matching += seats[i].weight;
        }
    }

    function _disputedId(uint256 projectId, uint256 round) internal view returns (uint256 id) {
        id = _publicationIds[projectId][round];
        if (_publications[id].state != PUBLICATION_DISPUTED) revert NotDisputed(projectId, round);
    }

    function _seat(
        uint256 id,
        Dispute storage d,
        address[] memory drawn,
        uint256[] memory stakes,
        uint256 size
    ) private returns (uint256 seated) {
        uint256 total;
        for (uint256 i; i < drawn.length && seated < size; i++) {
            if (drawn[i] == d.disputer) continue;
            (drawn[seated], stakes[seated]) = (drawn[i], stakes[i]);
            _seats[id].push(Seat(drawn[i], uint96(stakes[i]), 0, 0, false, false));
            staking.openDuty(drawn[i]);
            total += stakes[i];
            seated++;
        }
        d.panelStake = uint128(total);
    }

    function _drawnId(uint256 projectId, uint256 round) private view returns (uint256 id) {
        id = _disputedId(projectId, round);
        if (_disputes[id].revealEnd == 0) revert DisputePanelNotDrawn(projectId, round);
    }

    function _seatOf(uint256 id, address coordinator) private view returns (Seat storage) {
        Seat[] storage seats = _seats[id];
        for (uint256 i; i < seats.length; i++) {
            if (seats[i].coordinator == coordinator) return seats[i];
        }
        Publication storage p = _publications[id];
        revert NotOnDisputePanel(p.projectId, p.round, coordinator);
    }
}
