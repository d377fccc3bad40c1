// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ATNToken} from "./ATNToken.sol";
import {ForcedErrorPool} from "./ForcedErrorPool.sol";
import {Parameterised} from "./Parameterised.sol";
import {IForcedErrorRegistry} from "./interfaces/IForcedErrorRegistry.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {
    PERMILLE,
    ROLE_COORDINATOR,
    PHASE_UNKNOWN,
    PHASE_OPENING,
    PHASE_ARCHIVED,
    TRAP_NONE,
    TRAP_WAITING,
    TRAP_UNTRAPPED,
    TRAP_TRAPPED
} from "./Enumerations.sol";

/// @title Forced errors: results known to be bad, to see whether coordinators look. Amounts in wei of ATN.
/// @notice A hidden trap is committed before its task exists and opened after the votes are revealed; whoever
/// revealed an approving vote is slashed, whoever voted it down shares the jackpot. Public traps only by parameter.
contract ForcedErrorRegistry is ForcedErrorPool, IForcedErrorRegistry {
    /// @notice Makes one commitment before every task, trapped or not, and opens each after its votes.
    address public keeper;
    uint256 private _draws;

    event KeeperChanged(address indexed keeper);
    event ForcedErrorCommitted(uint256 indexed taskId, bytes32 commitment);
    event ForcedErrorOpened(uint256 indexed taskId, bool trapped, address trapSolver, bool effective);
    event KeeperMissed(uint256 indexed taskId, address indexed keeper, uint256 bond);

    error NotKeeper(address caller, address keeper);
    error NotResultsRewards(address caller);
    error TaskAlreadyProposed(uint256 taskId, uint256 nextTaskId);
    error AlreadyRegistered(uint256 taskId);
    error NothingToOpen(uint256 taskId);
    error WrongOpening(uint256 taskId, bytes32 opened, bytes32 committed);
    error WrongPhase(uint256 taskId, uint8 phase, uint8 required);
    error PublicTrapsOff();
    error NotPublicTrap(uint256 taskId);
    error WrongSolutionHash(uint256 taskId, bytes32 reported);
    error NotActiveCoordinator(address caller);
    error NoDissentingVote(uint256 taskId, address coordinator);
    error NoApprovingVote(uint256 taskId, address coordinator);
    error MissAlreadyProcessed(uint256 taskId, address coordinator);
    error StillActive(uint256 taskId, uint256 expirationBlock);

    modifier onlyResultsRewards() {
        if (msg.sender != address(resultsRewards)) revert NotResultsRewards(msg.sender);
        _;
    }

    constructor(address atnToken_, address staking_, address governance_) Parameterised(governance_) {
        atnToken = ATNToken(atnToken_);
        staking = IParticipantStaking(staking_);
        _declare("jackpotAmount", 50e18, 0, 1e30);
        _declare("slashAmountForMissed", 25e18, 0, 1e30);
        _declare("forcedErrorProbability", 50, 0, uint128(PERMILLE));
        _declare("expirationBlocks", 1_000, 1, 1e6);
        _declare("keeperBond", 50e18, 0, 1e30);
        _declare("allowPublicTraps", 0, 0, 1);
    }

    // Hidden traps

    /// @notice Keeper only, for a task that is not proposed yet. Takes the keeper's bond and reserves a jackpot.
    function commitForcedError(uint256 taskId, bytes32 commitment) external {
        if (msg.sender != keeper) revert NotKeeper(msg.sender, keeper);
        uint256 next = taskContract.nextTaskId();
        if (taskId < next) revert TaskAlreadyProposed(taskId, next);
        if (_errors[taskId].kind != KIND_NONE) revert AlreadyRegistered(taskId);
        ForcedErrorRecord storage e = _register(taskId, KIND_COMMITTED);
        e.commitment = commitment;
        e.keeper = msg.sender;
        _takeBond(e);
        emit ForcedErrorCommitted(taskId, commitment);
    }

    /// @notice The keeper that committed, from the end of the vote reveals to the opening's deadline. Returns the
    /// bond. A trap whose account did not reveal that very content counts as untrapped.
    function revealForcedError(
        uint256 taskId,
        bool trapped,
        bytes32 badContentHash,
        address trapSolver,
        bytes32 salt
    ) external {
        ForcedErrorRecord storage e = _errors[taskId];
        if (e.kind != KIND_COMMITTED || _neverBound(taskId, e)) revert NothingToOpen(taskId);
        if (msg.sender != e.keeper) revert NotKeeper(msg.sender, e.keeper);
        uint8 phase = taskContract.phaseOf(taskId);
        if (phase != PHASE_OPENING) revert WrongPhase(taskId, phase, PHASE_OPENING);
        bytes32 opened = forcedErrorCommitmentFor(taskId, trapped, badContentHash, trapSolver, salt);
        if (opened != e.commitment) revert WrongOpening(taskId, opened, e.commitment);
        bool effective =
            trapped &&
                badContentHash != 0 &&
                resultsRewards.contentHashOf(taskId, trapSolver) == badContentHash;
        emit ForcedErrorOpened(taskId, trapped, trapSolver, effective);
        _returnBond(e);
        if (!effective) {
            e.kind = KIND_UNTRAPPED;
            _release(e);
            return;
        }
        e.kind = KIND_TRAPPED;
        e.knownBadHash = badContentHash;
        e.trapSolver = trapSolver;
        emit ForcedErrorInjected(taskId, badContentHash, e.jackpot);
    }

    /// @notice What the keeper commits to.
    function forcedErrorCommitmentFor(
        uint256 taskId,
        bool trapped,
        bytes32 badContentHash,
        address trapSolver,
        bytes32 salt
    ) public view returns (bytes32) {
        return keccak256(abi.encode(address(this), taskId, trapped, badContentHash, trapSolver, salt));
    }

    /// @notice What ResultsRewards must know before it settles a task: 0 none, 1 wait for the opening or its
    /// deadline, 2 untrapped, 3 trapped.
    function trapOf(
        uint256 taskId
    ) external view returns (uint8 state, bytes32 badContentHash, address trapSolver) {
        ForcedErrorRecord storage e = _errors[taskId];
        if (e.kind == KIND_NONE || _neverBound(taskId, e)) return (TRAP_NONE, 0, address(0));
        if (e.kind == KIND_COMMITTED) return (TRAP_WAITING, 0, address(0));
        if (e.kind == KIND_UNTRAPPED) return (TRAP_UNTRAPPED, 0, address(0));
        return (TRAP_TRAPPED, e.knownBadHash, e.trapSolver);
    }

    /// @notice ResultsRewards only: slashes each approver once and shares the jackpot among the catchers.
    function settleTrap(
        uint256 taskId,
        address[] calldata approvers,
        address[] calldata catchers
    ) external onlyResultsRewards {
        ForcedErrorRecord storage e = _errors[taskId];
        if (e.kind != KIND_TRAPPED) return;
        for (uint256 i; i < approvers.length; i++) _slashMiss(taskId, e, approvers[i]);
        uint256 jackpot = _release(e);
        if (catchers.length == 0) return;
        e.caught = true;
        e.catcher = catchers[0];
        uint256 share = jackpot / catchers.length;
        for (uint256 i; i < catchers.length; i++) _award(taskId, catchers[i], share);
    }

    /// @notice ResultsRewards only, when a task is archived. A keeper that stayed silent where it had to open loses
    /// its bond; where no vote was held it gets it back. The jackpot's reservation ends.
    function closeForcedError(uint256 taskId, bool openingWasDue) external onlyResultsRewards {
        ForcedErrorRecord storage e = _errors[taskId];
        if (e.kind == KIND_NONE || e.kind == KIND_PUBLIC) return;
        if (e.kind == KIND_COMMITTED) {
            if (openingWasDue && !_neverBound(taskId, e)) {
                emit KeeperMissed(taskId, e.keeper, e.bond);
                _forfeitBond(e);
            } else {
                _returnBond(e);
            }
            e.kind = KIND_UNTRAPPED;
        }
        _release(e);
    }

    // Public traps

    /// @notice Governance, where allowPublicTraps is 1: anyone can read which content is bad.
    function injectForcedError(uint256 taskId, bytes32 knownBadHash) external onlyGovernance {
        if (_value("allowPublicTraps") == 0) revert PublicTrapsOff();
        if (_errors[taskId].kind != KIND_NONE) revert AlreadyRegistered(taskId);
        if (knownBadHash == 0) revert WrongSolutionHash(taskId, knownBadHash);
        uint8 phase = taskContract.phaseOf(taskId);
        if (phase == PHASE_UNKNOWN || phase >= PHASE_OPENING)
            revert WrongPhase(taskId, phase, PHASE_UNKNOWN + 1);
        ForcedErrorRecord storage e = _register(taskId, KIND_PUBLIC);
        e.knownBadHash = knownBadHash;
        emit ForcedErrorInjected(taskId, knownBadHash, e.jackpot);
    }

    /// @notice An active coordinator whose revealed vote rejects that content: the first wins the jackpot.
    function reportForcedError(uint256 taskId, bytes32 solutionHash) external {
        ForcedErrorRecord storage e = _errors[taskId];
        if (e.kind != KIND_PUBLIC || e.caught || block.number > e.expirationBlock)
            revert NotPublicTrap(taskId);
        if (solutionHash != e.knownBadHash) revert WrongSolutionHash(taskId, solutionHash);
        if (!staking.isActiveParticipant(msg.sender, ROLE_COORDINATOR))
            revert NotActiveCoordinator(msg.sender);
        (bool voted, bool approved) = resultsRewards.voteOnContent(taskId, solutionHash, msg.sender);
        if (!voted || approved) revert NoDissentingVote(taskId, msg.sender);
        e.caught = true;
        e.catcher = msg.sender;
        _award(taskId, msg.sender, _release(e));
    }

    /// @notice Governance, once the error was caught or has expired: slashes a coordinator whose revealed vote
    /// approved the bad content, once a task.
    function processCoordinatorMiss(uint256 taskId, address coordinator) external onlyGovernance {
        ForcedErrorRecord storage e = _errors[taskId];
        if (e.kind != KIND_PUBLIC) revert NotPublicTrap(taskId);
        if (!e.caught && block.number <= e.expirationBlock) revert StillActive(taskId, e.expirationBlock);
        if (missProcessed[taskId][coordinator]) revert MissAlreadyProcessed(taskId, coordinator);
        (, bool approved) = resultsRewards.voteOnContent(taskId, e.knownBadHash, coordinator);
        if (!approved) revert NoApprovingVote(taskId, coordinator);
        _slashMiss(taskId, e, coordinator);
    }

    /// @notice Anyone: a public trap past its last block, or a commitment whose task was not proposed in time, gives
    /// its reservation (and the keeper's bond) back.
    function expireForcedError(uint256 taskId) external {
        ForcedErrorRecord storage e = _errors[taskId];
        bool live = e.kind == KIND_PUBLIC || (e.kind == KIND_COMMITTED && _neverBound(taskId, e));
        if (!live || e.released) revert NothingToOpen(taskId);
        if (block.number <= e.expirationBlock) revert StillActive(taskId, e.expirationBlock);
        if (e.kind == KIND_COMMITTED) {
            e.kind = KIND_UNTRAPPED;
            _returnBond(e);
        }
        _release(e);
        emit ForcedErrorExpired(taskId);
    }

    /// @notice Anyone: a draw with probability forcedErrorProbability in 1,000, from the block's randomness.
    function shouldInjectForcedError() external returns (bool) {
        uint256 draw = uint256(keccak256(abi.encode(block.prevrandao, address(this), _draws++)));
        return draw % PERMILLE < _value("forcedErrorProbability");
    }

    /// @notice Governance names the keeper of later commitments.
    function setKeeper(address newKeeper) external onlyGovernance {
        keeper = newKeeper;
        emit KeeperChanged(newKeeper);
    }

    /// @dev A commitment binds only a task that was proposed before the commitment expired.
    function _neverBound(uint256 taskId, ForcedErrorRecord storage e) private view returns (bool) {
        if (e.kind != KIND_COMMITTED) return false;
        uint8 phase = taskContract.phaseOf(taskId);
        if (phase == PHASE_UNKNOWN) return true;
        if (phase == PHASE_ARCHIVED) return false;
        return taskContract.scheduleOf(taskId).proposedBlock > e.expirationBlock;
    }
}
