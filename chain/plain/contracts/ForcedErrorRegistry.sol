// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Governed, GovernedWithSuccession} from "./Governed.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {ROLE_COORDINATOR} from "./Enumerations.sol";

/// @title Forced errors of the plain set: governance injects them in the open.
/// @notice Known to be weak. Everybody sees which task is trapped; the pool is not reserved; a miss can be processed
/// any number of times, against anybody with a stake; a report needs no vote.
contract ForcedErrorRegistry is GovernedWithSuccession {
    using SafeERC20 for IERC20;

    struct ForcedError {
        uint256 taskId;
        bytes32 knownBadHash;
        uint256 jackpotAmount;
        uint256 expirationBlock;
        bool caught;
        address catcher;
    }

    uint256 private constant PROBABILITY_ONE = 1_000;

    IERC20 public immutable atnToken;
    IParticipantStaking public immutable staking;
    uint256 public jackpotPool;
    uint256 public jackpotAmount = 50 ether;
    uint256 public slashAmountForMissed = 25 ether;
    /// @notice Of 1,000.
    uint256 public forcedErrorProbability = 50;
    uint256 public expirationBlocks = 1_000;
    mapping(uint256 taskId => ForcedError) public forcedErrors;
    mapping(uint256 taskId => bool) public isForcedError;
    mapping(uint256 taskId => bool) private _expired;
    uint256 private _draws;

    event ConfigUpdated(string parameter, uint256 newValue);
    event ForcedErrorCaught(uint256 indexed taskId, address indexed catcher, uint256 jackpotAwarded);
    event ForcedErrorExpired(uint256 indexed taskId);
    event ForcedErrorInjected(uint256 indexed taskId, bytes32 knownBadHash, uint256 jackpotAmount);
    event ForcedErrorMissed(uint256 indexed taskId, address indexed coordinator, uint256 slashAmount);
    event JackpotFunded(address indexed funder, uint256 amount);

    constructor(address atnToken_, address staking_, address governance_) Governed(governance_) {
        atnToken = IERC20(atnToken_);
        staking = IParticipantStaking(staking_);
    }

    function fundJackpotPool(uint256 amount) external {
        atnToken.safeTransferFrom(msg.sender, address(this), amount);
        jackpotPool += amount;
        emit JackpotFunded(msg.sender, amount);
    }

    function injectForcedError(uint256 taskId, bytes32 knownBadHash) external onlyGovernance {
        require(!isForcedError[taskId], "ForcedErrorRegistry: already injected");
        uint256 expirationBlock = block.number + expirationBlocks;
        isForcedError[taskId] = true;
        forcedErrors[taskId] = ForcedError(
            taskId,
            knownBadHash,
            jackpotAmount,
            expirationBlock,
            false,
            address(0)
        );
        emit ForcedErrorInjected(taskId, knownBadHash, jackpotAmount);
    }

    /// @notice The first active coordinator that names the bad solution's hash wins the jackpot, or what is left in the pool.
    function reportForcedError(uint256 taskId, bytes32 solutionHash) external {
        require(
            staking.isActiveParticipant(msg.sender, ROLE_COORDINATOR),
            "ForcedErrorRegistry: not a coordinator"
        );
        require(isForcedErrorActive(taskId), "ForcedErrorRegistry: no forced error to catch");
        ForcedError storage trap = forcedErrors[taskId];
        require(solutionHash == trap.knownBadHash, "ForcedErrorRegistry: not the bad solution");
        trap.caught = true;
        trap.catcher = msg.sender;
        uint256 award = trap.jackpotAmount < jackpotPool ? trap.jackpotAmount : jackpotPool;
        jackpotPool -= award;
        atnToken.safeTransfer(msg.sender, award);
        emit ForcedErrorCaught(taskId, msg.sender, award);
    }

    /// @notice Governance, for a coordinator that approved, once the error is caught or has expired.
    function processCoordinatorMiss(uint256 taskId, address coordinator) external onlyGovernance {
        require(isForcedError[taskId], "ForcedErrorRegistry: no forced error");
        require(!isForcedErrorActive(taskId), "ForcedErrorRegistry: still open");
        staking.slash(coordinator, slashAmountForMissed, "missed a forced error");
        emit ForcedErrorMissed(taskId, coordinator, slashAmountForMissed);
    }

    function expireForcedError(uint256 taskId) external {
        ForcedError storage trap = forcedErrors[taskId];
        require(isForcedError[taskId] && !trap.caught, "ForcedErrorRegistry: no forced error to expire");
        require(block.number > trap.expirationBlock, "ForcedErrorRegistry: not expired");
        require(!_expired[taskId], "ForcedErrorRegistry: already expired");
        _expired[taskId] = true;
        emit ForcedErrorExpired(taskId);
    }

    /// @notice A draw with the stated probability, for whoever wants one; it injects nothing.
    function shouldInjectForcedError() external returns (bool) {
        uint256 draw = uint256(keccak256(abi.encode(block.prevrandao, block.number, _draws++)));
        return draw % PROBABILITY_ONE < forcedErrorProbability;
    }

    function setJackpotAmount(uint256 amount) external onlyGovernance {
        jackpotAmount = amount;
        emit ConfigUpdated("jackpotAmount", amount);
    }

    function setSlashAmount(uint256 amount) external onlyGovernance {
        slashAmountForMissed = amount;
        emit ConfigUpdated("slashAmountForMissed", amount);
    }

    function setForcedErrorProbability(uint256 probability) external onlyGovernance {
        require(probability <= PROBABILITY_ONE, "ForcedErrorRegistry: more than 1,000");
        forcedErrorProbability = probability;
        emit ConfigUpdated("forcedErrorProbability", probability);
    }

    function setExpirationBlocks(uint256 blocks) external onlyGovernance {
        expirationBlocks = blocks;
        emit ConfigUpdated("expirationBlocks", blocks);
    }

    function getForcedError(uint256 taskId) external view returns (ForcedError memory) {
        return forcedErrors[taskId];
    }

    function getJackpotPool() external view returns (uint256) {
        return jackpotPool;
    }

    function isTaskForcedError(uint256 taskId) external view returns (bool) {
        return isForcedError[taskId];
    }

    function isForcedErrorActive(uint256 taskId) public view returns (bool) {
        ForcedError storage trap = forcedErrors[taskId];
        return isForcedError[taskId] && !trap.caught && block.number <= trap.expirationBlock;
    }
}
