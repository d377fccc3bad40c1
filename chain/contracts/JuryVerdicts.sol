// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IConstitution} from "./interfaces/IConstitution.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {BPS} from "./Enumerations.sol";

/// @title The verdicts of a jury on an amendment: committed, then revealed, each with a confidence of 0–100.
/// @notice A verdict weighs the juror's stake when it reveals, at most its stake at the draw, in wei of ATN; where
/// juryConfidenceWeighs is 1 it is scaled by the confidence.
abstract contract JuryVerdicts is Parameterised, IConstitution {
    /// @dev Rules and windows are those of the proposal's block. Windows end with the block named.
    struct Jury {
        address dao;
        address proposer;
        uint48 startBlock;
        uint48 commitEnd;
        uint48 revealEnd;
        uint8 size;
        uint8 minVerdicts;
        uint8 verdicts;
        bool confidenceWeighs;
        bool drawn;
        bool closed;
        uint16 majorityBps;
        uint16 quorumBps;
        uint16 silenceSlashBps;
        uint48 drawEnd;
        uint128 fee;
        uint256 panelStake;
        uint256 revealedStake;
        uint256 approvingWeight;
        uint256 totalWeight;
    }

    /// @dev `commitment` is 0 until committed.
    struct Juror {
        address juror;
        uint96 stake;
        bool revealed;
        bool approves;
        uint8 confidence;
        bytes32 commitment;
    }

    uint256 internal constant FULL_CONFIDENCE = 100;

    IParticipantStaking public immutable staking;

    mapping(uint256 juryId => Jury) internal _juries;
    mapping(uint256 juryId => Juror[]) internal _jurors;

    event VerdictCommitted(uint256 indexed juryId, address indexed juror, bytes32 commitment);
    event VerdictRevealed(
        uint256 indexed juryId,
        address indexed juror,
        bool approves,
        uint256 confidence,
        uint256 weight,
        string reportCid
    );

    error UnknownJury(uint256 juryId);
    error NotJuror(uint256 juryId, address caller);
    error OutsideWindow(uint256 juryId, uint256 currentBlock, uint256 firstBlock, uint256 lastBlock);
    error EmptyCommitment(uint256 juryId);
    error VerdictAlreadyCommitted(uint256 juryId, address juror);
    error VerdictAlreadyRevealed(uint256 juryId, address juror);
    error WrongVerdictReveal(uint256 juryId, bytes32 revealed, bytes32 committed);
    error ConfidenceTooHigh(uint256 confidence, uint256 maximum);
    error JuryClosed(uint256 juryId);

    /// @notice A drawn juror, once, until the commit window ends.
    function commitVerdict(uint256 juryId, bytes32 commitment) external {
        Jury storage j = _open(juryId);
        _requireWindow(juryId, j.startBlock + 1, j.commitEnd);
        Juror storage seat = _seatOf(juryId);
        if (commitment == 0) revert EmptyCommitment(juryId);
        if (seat.commitment != 0) revert VerdictAlreadyCommitted(juryId, msg.sender);
        seat.commitment = commitment;
        emit VerdictCommitted(juryId, msg.sender, commitment);
    }

    /// @notice A juror that committed, in the reveal window, also if it has asked to unstake since.
    function revealVerdict(
        uint256 juryId,
        bool approves,
        uint256 confidence,
        string calldata reportCid,
        bytes32 salt
    ) external {
        Jury storage j = _open(juryId);
        _requireWindow(juryId, j.commitEnd + 1, j.revealEnd);
        Juror storage seat = _seatOf(juryId);
        if (seat.revealed) revert VerdictAlreadyRevealed(juryId, msg.sender);
        if (confidence > FULL_CONFIDENCE) revert ConfidenceTooHigh(confidence, FULL_CONFIDENCE);
        bytes32 revealed = verdictCommitmentFor(juryId, msg.sender, approves, confidence, reportCid, salt);
        if (revealed != seat.commitment) revert WrongVerdictReveal(juryId, revealed, seat.commitment);
        (seat.revealed, seat.approves, seat.confidence) = (true, approves, uint8(confidence));
        uint256 weight = _count(j, seat);
        emit VerdictRevealed(juryId, msg.sender, approves, confidence, weight, reportCid);
    }

    /// @notice What a juror commits to: bound to the jury, itself and a salt.
    function verdictCommitmentFor(
        uint256 juryId,
        address juror,
        bool approves,
        uint256 confidence,
        string calldata reportCid,
        bytes32 salt
    ) public view returns (bytes32) {
        bytes32 report = keccak256(bytes(reportCid));
        return keccak256(abi.encode(address(this), juryId, juror, approves, confidence, report, salt));
    }

    /// @notice Whether the verdicts revealed so far approve: enough of them, enough of the panel's stake, and the
    /// supermajority of their weight.
    function juryConsents(uint256 juryId) external view returns (bool) {
        Jury storage j = _known(juryId);
        return
            j.verdicts >= j.minVerdicts &&
            j.revealedStake * BPS >= j.quorumBps * j.panelStake &&
            j.totalWeight > 0 &&
            j.approvingWeight * BPS >= j.majorityBps * j.totalWeight;
    }

    function juryOf(uint256 juryId) external view returns (Jury memory) {
        return _known(juryId);
    }

    function jurorsOf(uint256 juryId) external view returns (Juror[] memory) {
        return _jurors[juryId];
    }

    function _count(Jury storage j, Juror storage seat) private returns (uint256 weight) {
        uint256 stake = staking.getStake(msg.sender).amount;
        if (stake > seat.stake) stake = seat.stake;
        weight = j.confidenceWeighs ? (stake * seat.confidence) / FULL_CONFIDENCE : stake;
        j.verdicts++;
        j.revealedStake += stake;
        j.totalWeight += weight;
        if (seat.approves) j.approvingWeight += weight;
    }

    function _seatOf(uint256 juryId) private view returns (Juror storage) {
        Juror[] storage seats = _jurors[juryId];
        for (uint256 i; i < seats.length; i++) if (seats[i].juror == msg.sender) return seats[i];
        revert NotJuror(juryId, msg.sender);
    }

    function _requireWindow(uint256 juryId, uint256 first, uint256 last) internal view {
        if (block.number < first || block.number > last)
            revert OutsideWindow(juryId, block.number, first, last);
    }

    function _known(uint256 juryId) internal view returns (Jury storage j) {
        j = _juries[juryId];
        if (j.dao == address(0)) revert UnknownJury(juryId);
    }

    function _open(uint256 juryId) internal view returns (Jury storage j) {
        j = _known(juryId);
        if (j.closed) revert JuryClosed(juryId);
    }
}
