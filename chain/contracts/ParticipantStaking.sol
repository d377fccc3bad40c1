// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ATNToken} from "./ATNToken.sol";
import {Parameterised} from "./Parameterised.sol";
import {StakeTree} from "./StakeTree.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {ROLE_PROPOSER, ROLE_COORDINATOR, ROLE_VALIDATOR, ROLE_CURATOR} from "./Enumerations.sol";

/// @title Stakes, one role an address. Amounts in wei of ATN, lock-ups in seconds.
/// @notice A participant that asked to unstake takes no new work, stays slashable until it withdraws, and can't
/// withdraw while it has open duties. Below its role's minimum it is inactive until it tops up.
contract ParticipantStaking is Parameterised, IParticipantStaking {
    using StakeTree for StakeTree.Tree;
    using SafeCast for uint256;

    struct Position {
        uint128 amount;
        uint64 lockupUntil;
        uint48 openDuties;
        uint8 role;
        bool active;
    }

    ATNToken public immutable atnToken;
    /// @notice Receives what slashes take; while it is unset they are burned.
    address public treasury;
    uint256 public totalStaked;

    mapping(address slasher => bool) public authorizedSlashers;
    mapping(address keeper => bool) public authorizedDutyKeepers;

    mapping(address participant => Position) private _positions;
    mapping(uint8 role => StakeTree.Tree) private _trees;

    event MinStakeUpdated(uint8 indexed role, uint256 newMinStake);
    event LockupUpdated(uint8 indexed role, uint256 newLockupSeconds);
    event Slashed(address indexed participant, uint8 indexed role, uint256 amount, string reason);
    event SlasherAuthorized(address indexed slasher, bool authorized);
    event DutyKeeperAuthorized(address indexed keeper, bool authorized);
    event TreasuryChanged(address indexed treasury);
    event Staked(address indexed participant, uint8 indexed role, uint256 amount);
    event UnstakeRequested(address indexed participant, uint256 unlockTime);
    event Unstaked(address indexed participant, uint8 indexed role, uint256 amount);

    error UnknownRole(uint8 role);
    error AlreadyStaked(address participant, uint8 role);
    error NotStaked(address participant);
    error BelowMinimumStake(uint8 role, uint256 amount, uint256 minimum);
    error ZeroAmount();
    error Unstaking(address participant, uint256 lockupUntil);
    error UnstakeNotRequested(address participant);
    error LockedUntil(address participant, uint256 lockupUntil, uint256 currentTime);
    error OpenDuties(address participant, uint256 duties);
    error NotSlasher(address caller);
    error NotDutyKeeper(address caller);

    constructor(address atnToken_, address governance_) Parameterised(governance_) {
        atnToken = ATNToken(atnToken_);
        uint128 most = 1e27;
        _declare("proposerMinStake", 100e18, 0, most);
        _declare("solverMinStake", 50e18, 0, most);
        _declare("coordinatorMinStake", 500e18, 0, most);
        _declare("aggregatorMinStake", 1_000e18, 0, most);
        _declare("validatorMinStake", 10_000e18, 0, 100_000e18);
        _declare("curatorMinStake", 500e18, 0, most);
        _declare("proposerLockup", 7 days, 0, 365 days);
        _declare("solverLockup", 3 days, 0, 365 days);
        _declare("coordinatorLockup", 14 days, 0, 365 days);
        _declare("aggregatorLockup", 14 days, 0, 365 days);
        _declare("validatorLockup", 21 days, 0, 365 days);
        _declare("curatorLockup", 14 days, 0, 365 days);
        _declare("burnSlashed", 0, 0, 1);
    }

    // Participants

    /// @notice Anyone without a stake. Takes `amount`, at least the role's minimum.
    function stake(uint8 role, uint256 amount) external {
        Position storage position = _positions[msg.sender];
        if (position.role != 0) revert AlreadyStaked(msg.sender, position.role);
        uint256 minimum = minStakeAmount(role);
        if (amount < minimum) revert BelowMinimumStake(role, amount, minimum);
        if (amount == 0) revert ZeroAmount();
        position.role = role;
        position.active = true;
        _deposit(position, amount);
    }

    /// @notice A staked participant that has not asked to unstake, also one that slashes took below its minimum.
    function addToStake(uint256 amount) external {
        Position storage position = _staked(msg.sender);
        if (!position.active) revert Unstaking(msg.sender, position.lockupUntil);
        if (amount == 0) revert ZeroAmount();
        _deposit(position, amount);
    }

    /// @notice Starts the role's lock-up. There is no way back but to withdraw and stake again.
    function requestUnstake() external {
        Position storage position = _staked(msg.sender);
        if (!position.active) revert Unstaking(msg.sender, position.lockupUntil);
        position.active = false;
        position.lockupUntil = (block.timestamp + stakeLockupDuration(position.role)).toUint64();
        _weigh(msg.sender, position);
        emit UnstakeRequested(msg.sender, position.lockupUntil);
    }

    /// @notice Pays out what is left, after the lock-up and once no duty is open.
    function unstake() external {
        Position storage position = _staked(msg.sender);
        if (position.active) revert UnstakeNotRequested(msg.sender);
        if (block.timestamp < position.lockupUntil) {
            revert LockedUntil(msg.sender, position.lockupUntil, block.timestamp);
        }
        if (position.openDuties > 0) revert OpenDuties(msg.sender, position.openDuties);
        uint256 amount = position.amount;
        uint8 role = position.role;
        delete _positions[msg.sender];
        if (_isDrawable(role)) _trees[role].remove(msg.sender);
        totalStaked -= amount;
        atnToken.transfer(msg.sender, amount);
        emit Unstaked(msg.sender, role, amount);
    }

    /// @notice Anyone: brings a participant's weight in draws up to date after its role's minimum was changed.
    function refresh(address participant) external {
        _weigh(participant, _staked(participant));
    }

    // Authorised contracts

    /// @notice Authorised slashers. Takes at most what is there; never reverts for want of stake.
    function slash(address participant, uint256 amount, string calldata reason) external {
        _slash(participant, amount, address(0), 0, reason);
    }

    /// @notice As `slash`, but up to `share` wei of what it takes goes to a beneficiary, also where slashes burn.
    /// @return taken in wei, the share included.
    function slashAndShare(
        address participant,
        uint256 amount,
        address beneficiary,
        uint256 share,
        string calldata reason
    ) external returns (uint256 taken) {
        return _slash(participant, amount, beneficiary, share, reason);
    }

    /// @notice Authorised duty keepers: the participant has work under way and can't withdraw.
    function openDuty(address participant) external {
        if (!authorizedDutyKeepers[msg.sender]) revert NotDutyKeeper(msg.sender);
        _positions[participant].openDuties++;
    }

    /// @notice Authorised duty keepers: that work is settled.
    function closeDuty(address participant) external {
        if (!authorizedDutyKeepers[msg.sender]) revert NotDutyKeeper(msg.sender);
        _positions[participant].openDuties--;
    }

    // Governance

    function setAuthorizedSlasher(address slasher, bool authorized) external onlyGovernance {
        authorizedSlashers[slasher] = authorized;
        emit SlasherAuthorized(slasher, authorized);
    }

    function setAuthorizedDutyKeeper(address keeper, bool authorized) external onlyGovernance {
        authorizedDutyKeepers[keeper] = authorized;
        emit DutyKeeperAuthorized(keeper, authorized);
    }

    function setTreasury(address newTreasury) external onlyGovernance {
        treasury = newTreasury;
        emit TreasuryChanged(newTreasury);
    }

    /// @notice The same as the role's parameter …MinStake.
    function setMinStake(uint8 role, uint256 amount) external onlyGovernance {
        _setParameter(_minStakeKey(role), amount);
        emit MinStakeUpdated(role, amount);
    }

    /// @notice The same as the role's parameter …Lockup, in seconds.
    function setLockupDuration(uint8 role, uint256 duration) external onlyGovernance {
        _setParameter(_lockupKey(role), duration);
        emit LockupUpdated(role, duration);
    }

    // Views

    function getStake(address participant) external view returns (StakeInfo memory) {
        Position storage p = _positions[participant];
        return StakeInfo(p.amount, p.role, p.lockupUntil, p.active);
    }

    function stakes(
        address participant
    ) external view returns (uint256 amount, uint8 role, uint256 lockupUntil, bool active) {
        Position storage p = _positions[participant];
        return (p.amount, p.role, p.lockupUntil, p.active);
    }

    function isActiveParticipant(address participant, uint8 role) external view returns (bool) {
        Position storage p = _positions[participant];
        return role != 0 && p.role == role && _isActive(p);
    }

    function openDuties(address participant) external view returns (uint256) {
        return _positions[participant].openDuties;
    }

    function minStakeAmount(uint8 role) public view returns (uint256) {
        return _value(_minStakeKey(role));
    }

    function stakeLockupDuration(uint8 role) public view returns (uint256) {
        return _value(_lockupKey(role));
    }

    /// @notice Up to `count` different active participants of a drawable role, by stake, with their stakes.
    function drawByStake(
        uint8 role,
        bytes32 seed,
        uint256 count
    ) external view returns (address[] memory participants, uint256[] memory amounts) {
        return _trees[role].draw(seed, count);
    }

    /// @notice Stake that takes part in the draws of a role.
    function drawableStake(uint8 role) external view returns (uint256) {
        return _trees[role].total();
    }

    /// @notice Slots 1 … drawableSlots(role) hold the drawable participants of a role; a vacant one has address 0.
    function drawableSlots(uint8 role) external view returns (uint256) {
        return _trees[role].size;
    }

    function drawableAt(
        uint8 role,
        uint256 slot
    ) external view returns (address participant, uint256 weight) {
        StakeTree.Leaf memory leaf = _trees[role].leaves[slot];
        return (leaf.holder, leaf.weight);
    }

    // Inside

    function _deposit(Position storage position, uint256 amount) private {
        position.amount = (position.amount + amount).toUint128();
        totalStaked += amount;
        _weigh(msg.sender, position);
        atnToken.transferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, position.role, amount);
    }

    function _slash(
        address participant,
        uint256 amount,
        address beneficiary,
        uint256 share,
        string calldata reason
    ) private returns (uint256 taken) {
        if (!authorizedSlashers[msg.sender]) revert NotSlasher(msg.sender);
        Position storage position = _positions[participant];
        taken = amount < position.amount ? amount : position.amount;
        if (taken == 0) return 0;
        position.amount -= uint128(taken);
        totalStaked -= taken;
        _weigh(participant, position);
        if (share > taken) share = taken;
        if (share > 0) atnToken.transfer(beneficiary, share);
        if (taken > share) _confiscate(taken - share);
        emit Slashed(participant, position.role, taken, reason);
    }

    function _confiscate(uint256 amount) private {
        if (treasury == address(0) || _value("burnSlashed") == 1) atnToken.burn(amount);
        else atnToken.transfer(treasury, amount);
    }

    function _weigh(address participant, Position storage position) private {
        if (!_isDrawable(position.role)) return;
        _trees[position.role].set(participant, _isActive(position) ? position.amount : 0);
    }

    function _isActive(Position storage p) private view returns (bool) {
        return p.active && p.amount > 0 && p.amount >= minStakeAmount(p.role);
    }

    function _staked(address participant) private view returns (Position storage position) {
        position = _positions[participant];
        if (position.role == 0) revert NotStaked(participant);
    }

    function _isDrawable(uint8 role) private pure returns (bool) {
        return role >= ROLE_COORDINATOR && role <= ROLE_VALIDATOR;
    }

    function _minStakeKey(uint8 role) private pure returns (bytes32) {
        if (role < ROLE_PROPOSER || role > ROLE_CURATOR) revert UnknownRole(role);
        if (role == 1) return "proposerMinStake";
        if (role == 2) return "solverMinStake";
        if (role == 3) return "coordinatorMinStake";
        if (role == 4) return "aggregatorMinStake";
        return role == 5 ? bytes32("validatorMinStake") : bytes32("curatorMinStake");
    }

    function _lockupKey(uint8 role) private pure returns (bytes32) {
        if (role < ROLE_PROPOSER || role > ROLE_CURATOR) revert UnknownRole(role);
        if (role == 1) return "proposerLockup";
        if (role == 2) return "solverLockup";
        if (role == 3) return "coordinatorLockup";
        if (role == 4) return "aggregatorLockup";
        return role == 5 ? bytes32("validatorLockup") : bytes32("curatorLockup");
    }
}
