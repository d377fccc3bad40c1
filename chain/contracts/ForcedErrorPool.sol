// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ATNToken} from "./ATNToken.sol";
import {Parameterised} from "./Parameterised.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";

/// @title The money and the records of forced errors, in wei of ATN.
/// @notice The contract holds jackpotPool + keeperBonds. Of the pool, reservedJackpots is promised: each forced error
/// reserves its jackpot once, when it is registered, and releases it once.
abstract contract ForcedErrorPool is Parameterised {
    struct ForcedError {
        uint256 taskId;
        bytes32 knownBadHash;
        uint256 jackpotAmount;
        uint256 expirationBlock;
        bool caught;
        address catcher;
    }

    struct ForcedErrorRecord {
        uint8 kind;
        bool caught;
        bool released;
        uint64 expirationBlock;
        address catcher;
        address keeper;
        address trapSolver;
        uint128 jackpot;
        uint128 slashForMissed;
        uint256 bond;
        bytes32 knownBadHash;
        bytes32 commitment;
    }

    uint8 internal constant KIND_NONE = 0;
    uint8 internal constant KIND_COMMITTED = 1;
    uint8 internal constant KIND_UNTRAPPED = 2;
    uint8 internal constant KIND_TRAPPED = 3;
    uint8 internal constant KIND_PUBLIC = 4;

    ATNToken public immutable atnToken;
    IParticipantStaking public immutable staking;
    ITaskContract public taskContract;
    IResultsRewards public resultsRewards;
    /// @notice Receives forfeited keeper bonds; while it is unset they join the pool.
    address public treasury;

    uint256 public jackpotPool;
    uint256 public reservedJackpots;
    uint256 public keeperBonds;

    mapping(uint256 taskId => ForcedErrorRecord) internal _errors;
    /// @notice Whether a coordinator has been slashed for approving a task's forced error.
    mapping(uint256 taskId => mapping(address coordinator => bool)) public missProcessed;

    event ConfigUpdated(string parameter, uint256 newValue);
    event ForcedErrorCaught(uint256 indexed taskId, address indexed catcher, uint256 jackpotAwarded);
    event ForcedErrorExpired(uint256 indexed taskId);
    event ForcedErrorInjected(uint256 indexed taskId, bytes32 knownBadHash, uint256 jackpotAmount);
    event ForcedErrorMissed(uint256 indexed taskId, address indexed coordinator, uint256 slashAmount);
    event JackpotFunded(address indexed funder, uint256 amount);
    event ContractsChanged(
        address indexed taskContract,
        address indexed resultsRewards,
        address indexed treasury
    );

    error PoolTooSmall(uint256 needed, uint256 available);
    error ZeroAmount();

    /// @notice Anyone.
    function fundJackpotPool(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        jackpotPool += amount;
        atnToken.transferFrom(msg.sender, address(this), amount);
        emit JackpotFunded(msg.sender, amount);
    }

    // Governance; each is the same as `setParameter` with the parameter's name

    function setJackpotAmount(uint256 amount) external onlyGovernance {
        _configure("jackpotAmount", "jackpotAmount", amount);
    }

    function setSlashAmount(uint256 amount) external onlyGovernance {
        _configure("slashAmountForMissed", "slashAmountForMissed", amount);
    }

    /// @notice Permille.
    function setForcedErrorProbability(uint256 probability) external onlyGovernance {
        _configure("forcedErrorProbability", "forcedErrorProbability", probability);
    }

    function setExpirationBlocks(uint256 blocks) external onlyGovernance {
        _configure("expirationBlocks", "expirationBlocks", blocks);
    }

    function setContracts(
        address taskContract_,
        address resultsRewards_,
        address treasury_
    ) external onlyGovernance {
        taskContract = ITaskContract(taskContract_);
        resultsRewards = IResultsRewards(resultsRewards_);
        treasury = treasury_;
        emit ContractsChanged(taskContract_, resultsRewards_, treasury_);
    }

    // Views

    function jackpotAmount() external view returns (uint256) {
        return _value("jackpotAmount");
    }

    function slashAmountForMissed() external view returns (uint256) {
        return _value("slashAmountForMissed");
    }

    function forcedErrorProbability() external view returns (uint256) {
        return _value("forcedErrorProbability");
    }

    function expirationBlocks() external view returns (uint256) {
        return _value("expirationBlocks");
    }

    function getJackpotPool() external view returns (uint256) {
        return jackpotPool;
    }

    function isForcedError(uint256 taskId) public view returns (bool) {
        return _errors[taskId].kind >= KIND_TRAPPED;
    }

    function isTaskForcedError(uint256 taskId) external view returns (bool) {
        return isForcedError(taskId);
    }

    /// @notice Known to be a forced error, its jackpot not yet won, returned or expired.
    function isForcedErrorActive(uint256 taskId) external view returns (bool) {
        ForcedErrorRecord storage e = _errors[taskId];
        bool expired = e.kind == KIND_PUBLIC && block.number > e.expirationBlock;
        return isForcedError(taskId) && !e.released && !expired;
    }

    function getForcedError(uint256 taskId) external view returns (ForcedError memory) {
        ForcedErrorRecord storage e = _errors[taskId];
        uint256 id = e.kind == KIND_NONE ? 0 : taskId;
        return ForcedError(id, e.knownBadHash, e.jackpot, e.expirationBlock, e.caught, e.catcher);
    }

    function forcedErrors(
        uint256 ofTask
    )
        external
        view
        returns (
            uint256 taskId,
            bytes32 knownBadHash,
            uint256 jackpotAmount,
            uint256 expirationBlock,
            bool caught,
            address catcher
        )
    {
        ForcedErrorRecord storage e = _errors[ofTask];
        taskId = e.kind == KIND_NONE ? 0 : ofTask;
        return (taskId, e.knownBadHash, e.jackpot, e.expirationBlock, e.caught, e.catcher);
    }

    // Inside

    function _register(uint256 taskId, uint8 kind) internal returns (ForcedErrorRecord storage e) {
        uint256 jackpot = _value("jackpotAmount");
        uint256 free = jackpotPool - reservedJackpots;
        if (jackpot > free) revert PoolTooSmall(jackpot, free);
        reservedJackpots += jackpot;
        e = _errors[taskId];
        e.kind = kind;
        e.jackpot = uint128(jackpot);
        e.slashForMissed = uint128(_value("slashAmountForMissed"));
        e.expirationBlock = uint64(block.number + _value("expirationBlocks"));
    }

    /// @return jackpot the amount that this call set free; 0 from the second call on.
    function _release(ForcedErrorRecord storage e) internal returns (uint256 jackpot) {
        if (e.released) return 0;
        e.released = true;
        jackpot = e.jackpot;
        reservedJackpots -= jackpot;
    }

    function _award(uint256 taskId, address catcher, uint256 amount) internal {
        jackpotPool -= amount;
        atnToken.transfer(catcher, amount);
        emit ForcedErrorCaught(taskId, catcher, amount);
    }

    function _slashMiss(uint256 taskId, ForcedErrorRecord storage e, address coordinator) internal {
        if (missProcessed[taskId][coordinator]) return;
        missProcessed[taskId][coordinator] = true;
        uint256 there = staking.getStake(coordinator).amount;
        uint256 amount = e.slashForMissed < there ? e.slashForMissed : there;
        if (amount > 0) staking.slash(coordinator, amount, "approved a forced error");
        emit ForcedErrorMissed(taskId, coordinator, amount);
    }

    function _takeBond(ForcedErrorRecord storage e) internal {
        uint256 bond = _value("keeperBond");
        if (bond == 0) return;
        e.bond = bond;
        keeperBonds += bond;
        atnToken.transferFrom(e.keeper, address(this), bond);
    }

    function _returnBond(ForcedErrorRecord storage e) internal {
        uint256 bond = _clearBond(e);
        if (bond > 0) atnToken.transfer(e.keeper, bond);
    }

    function _forfeitBond(ForcedErrorRecord storage e) internal {
        uint256 bond = _clearBond(e);
        if (bond == 0) return;
        if (treasury == address(0)) jackpotPool += bond;
        else atnToken.transfer(treasury, bond);
    }

    function _clearBond(ForcedErrorRecord storage e) private returns (uint256 bond) {
        bond = e.bond;
        e.bond = 0;
        keeperBonds -= bond;
    }

    function _configure(bytes32 key, string memory name, uint256 value) private {
        _setParameter(key, value);
        emit ConfigUpdated(name, value);
    }
}
