// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IForcedErrorRegistry} from "./interfaces/IForcedErrorRegistry.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IProject} from "./interfaces/IProject.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {WAD} from "./Enumerations.sol";

/// @title What results and rewards remember of a task, and the rules that the task was proposed under.
/// @notice Amounts in wei of ATN, shares in basis points, bonds and bond factors with 18 decimals. ResultsRewards
/// and the settlement code that it runs in its own storage both begin with this layout.
abstract contract ResultsState is Parameterised {
    /// @dev Snapshot at proposal; later changes of parameters do not reach an open task.
    struct Rules {
        uint8 panelSize;
        uint8 maxOpenVotes;
        uint8 minVotes;
        bool clipAroundMedian;
        bool feeByStake;
        bool allowPlainVotes;
        bool allowUnsaltedCommitments;
        bool allowSingleVerification;
        bool trapConsensusSettlement;
        uint16 quorumBps;
        uint16 clipBps;
        uint16 consensusSlashBps;
        uint16 missedVoteSlashBps;
        uint16 unrevealedSolutionSlashBps;
        uint16 unrevealedTruthSlashBps;
        uint16 workShownBps;
        uint32 workShownCapBps;
        uint16 panelNoticeBlocks;
        uint128 coordinatorFee;
        uint64 bondBonus;
        uint64 bondDecay;
    }

    struct Progress {
        bool truthRevealed;
        bool learnabilityPaid;
        bool anyCorrect;
        bool rewarded;
        bool panelDrawn;
        bool archived;
        uint8 revealedSolutions;
        uint8 finalisedSolutions;
        uint96 panelStake;
    }

    struct Result {
        uint8 outcome;
        bool correct;
        uint8 score;
        uint8 clippedVotes;
        uint112 totalStake;
        uint112 correctStake;
    }

    struct Vote {
        address coordinator;
        bool isCorrect;
        uint256 score;
        uint256 stake;
        uint256 voteBlock;
        bytes32 reportHash;
    }

    /// @dev `proof` is the commitment until the reveal, the report's hash afterwards.
    struct Ballot {
        address coordinator;
        bool revealed;
        bool isCorrect;
        uint8 score;
        uint40 voteBlock;
        uint96 stake;
        bytes32 proof;
    }

    struct Seat {
        address coordinator;
        uint96 stake;
    }

    struct PackedBond {
        uint128 strength;
        uint40 totalVotes;
        uint40 correctVotes;
        uint48 lastUpdateBlock;
    }

    ITaskContract public immutable taskContract;
    IParticipantStaking public immutable staking;
    IProject public projectContract;
    /// @notice While it is unset no task has a forced error.
    IForcedErrorRegistry public forcedErrorRegistry;

    mapping(uint256 taskId => mapping(address proposer => string)) public revealedGroundTruths;
    mapping(uint256 taskId => mapping(address solver => string)) public revealedSolutions;
    /// @dev keccak256 of the revealed string; 0 until revealed.
    mapping(uint256 taskId => mapping(address solver => bytes32)) internal _contentHashes;
    mapping(uint256 taskId => Rules) internal _rules;
    mapping(uint256 taskId => Progress) internal _progress;
    mapping(uint256 taskId => mapping(address solver => Result)) internal _results;
    mapping(uint256 taskId => mapping(address solver => Ballot[])) internal _ballots;
    mapping(uint256 taskId => Seat[]) internal _panels;
    mapping(address coordinator => PackedBond) internal _bonds;

    event BondUpdated(address indexed coordinator, uint256 newBondStrength, bool alignedWithConsensus);
    event RewardsDistributed(
        uint256 indexed taskId,
        address indexed recipient,
        uint256 amount,
        string rewardType
    );
    event VoteClipped(
        uint256 indexed taskId,
        address indexed coordinator,
        uint256 originalScore,
        uint256 clippedScore
    );
    event VoteMissed(uint256 indexed taskId, address indexed solver, address indexed coordinator);
    event YumaConsensusReached(
        uint256 indexed taskId,
        address indexed solver,
        bool consensusCorrect,
        uint256 consensusScore
    );
    event SubmissionFinalised(uint256 indexed taskId, address indexed solver, uint8 outcome);
    event TaskClosed(uint256 indexed taskId, uint8 finalStatus);

    error WrongPhase(uint256 taskId, uint8 phase, uint8 required);
    error NothingToVoteOn(uint256 taskId);
    error SolutionNotRevealed(uint256 taskId, address solver);
    error AlreadyVoted(uint256 taskId, address solver, address coordinator);
    error TooEarly(uint256 taskId, uint256 currentBlock, uint256 fromBlock);
    error TaskDisputed(uint256 taskId, uint256 untilBlock);
    error AlreadyFinalised(uint256 taskId, address solver);
    error AlreadyClosed(uint256 taskId);

    constructor(address taskContract_, address staking_, address governance_) Parameterised(governance_) {
        taskContract = ITaskContract(taskContract_);
        staking = IParticipantStaking(staking_);
    }

    /// @dev Fees of one submission that its task's reservation covers: every seat at the highest bond.
    function _feeAllowance(Rules memory r) internal pure returns (uint256) {
        uint256 seats = r.panelSize > 0 ? r.panelSize : r.minVotes;
        return seats * _feeWithBond(r.coordinatorFee, WAD, r.bondBonus);
    }

    function _feeWithBond(uint256 fee, uint256 bond, uint256 bondBonus) internal pure returns (uint256) {
        return fee + (fee * bondBonus * bond) / (WAD * WAD);
    }

    function _requirePhase(uint256 taskId, uint8 required) internal view {
        uint8 phase = taskContract.phaseOf(taskId);
        if (phase != required) revert WrongPhase(taskId, phase, required);
    }

    function _revealedVotes(uint256 taskId, address solver) internal view returns (Vote[] memory revealed) {
        Ballot[] storage ballots = _ballots[taskId][solver];
        uint256 length = ballots.length;
        revealed = new Vote[](length);
        uint256 count;
        for (uint256 i; i < length; i++) {
            Ballot memory b = ballots[i];
            if (!b.revealed) continue;
            revealed[count++] = Vote(b.coordinator, b.isCorrect, b.score, b.stake, b.voteBlock, b.proof);
        }
        assembly ("memory-safe") {
            mstore(revealed, count)
        }
    }
}
