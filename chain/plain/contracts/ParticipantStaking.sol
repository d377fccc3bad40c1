// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Governed, GovernedWithSuccession} from "./Governed.sol";
import {
    ROLE_PROPOSER,
    ROLE_SOLVER,
    ROLE_COORDINATOR,
    ROLE_AGGREGATOR,
    ROLE_VALIDATOR,
    ROLE_CURATOR
} from "./Enumerations.sol";

/// @title Stakes of the plain set: one role an address, a lock-up between request and payment.
/// @notice Known to be weak. Who asked to unstake stays active and may vote until it leaves; what is slashed stays
/// in this contract for good; a stake slashed below the minimum can neither be topped up nor withdrawn; a slash
/// larger than the stake reverts, and with it the call that wanted it.
contract ParticipantStaking is GovernedWithSuccession {
    using SafeERC20 for IERC20;

    struct StakeInfo {
        uint256 amount;
        uint8 role;
        uint256 lockupUntil;
        bool active;
    }

    IERC20 public immutable atnToken;
    mapping(address participant => StakeInfo) public stakes;
    mapping(uint8 role => uint256) public minStakeAmount;
    mapping(uint8 role => uint256) public stakeLockupDuration;
    mapping(address slasher => bool) public authorizedSlashers;

    event MinStakeUpdated(uint8 indexed role, uint256 newMinStake);
    event Slashed(address indexed participant, uint8 indexed role, uint256 amount, string reason);
    event SlasherAuthorized(address indexed slasher, bool authorized);
    event Staked(address indexed participant, uint8 indexed role, uint256 amount);
    event UnstakeRequested(address indexed participant, uint256 unlockTime);
    event Unstaked(address indexed participant, uint8 indexed role, uint256 amount);

    constructor(address atnToken_, address governance_) Governed(governance_) {
        atnToken = IERC20(atnToken_);
        _declare(ROLE_PROPOSER, 100 ether, 7 days);
        _declare(ROLE_SOLVER, 50 ether, 3 days);
        _declare(ROLE_COORDINATOR, 500 ether, 14 days);
        _declare(ROLE_AGGREGATOR, 1_000 ether, 14 days);
        _declare(ROLE_VALIDATOR, 10_000 ether, 21 days);
        _declare(ROLE_CURATOR, 500 ether, 14 days);
    }

    function stake(uint8 role, uint256 amount) external {
        require(role >= ROLE_PROPOSER && role <= ROLE_CURATOR, "ParticipantStaking: unknown role");
        require(stakes[msg.sender].role == 0, "ParticipantStaking: already staked");
        require(amount >= minStakeAmount[role], "ParticipantStaking: below the minimum stake");
        stakes[msg.sender] = StakeInfo(amount, role, 0, true);
        atnToken.safeTransferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, role, amount);
    }

    function addToStake(uint256 amount) external {
        StakeInfo storage info = _activeStake();
        info.amount += amount;
        atnToken.safeTransferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, info.role, amount);
    }

    /// @notice Starts the lock-up of the role.
    function requestUnstake() external {
        StakeInfo storage info = _activeStake();
        require(info.lockupUntil == 0, "ParticipantStaking: already requested");
        info.lockupUntil = block.timestamp + stakeLockupDuration[info.role];
        emit UnstakeRequested(msg.sender, info.lockupUntil);
    }

    /// @notice Pays the stake once the lock-up has ended.
    function unstake() external {
        StakeInfo memory info = stakes[msg.sender];
        require(info.lockupUntil != 0, "ParticipantStaking: not requested");
        require(block.timestamp >= info.lockupUntil, "ParticipantStaking: locked up");
        delete stakes[msg.sender];
        atnToken.safeTransfer(msg.sender, info.amount);
        emit Unstaked(msg.sender, info.role, info.amount);
    }

    /// @notice Authorised contracts only.
    function slash(address participant, uint256 amount, string calldata reason) external {
        require(authorizedSlashers[msg.sender], "ParticipantStaking: not a slasher");
        StakeInfo storage info = stakes[participant];
        require(info.amount >= amount, "ParticipantStaking: slash exceeds the stake");
        info.amount -= amount;
        if (info.amount < minStakeAmount[info.role]) info.active = false;
        emit Slashed(participant, info.role, amount, reason);
    }

    function setAuthorizedSlasher(address slasher, bool authorized) external onlyGovernance {
        authorizedSlashers[slasher] = authorized;
        emit SlasherAuthorized(slasher, authorized);
    }

    function setMinStake(uint8 role, uint256 amount) external onlyGovernance {
        minStakeAmount[role] = amount;
        emit MinStakeUpdated(role, amount);
    }

    /// @param duration seconds.
    function setLockupDuration(uint8 role, uint256 duration) external onlyGovernance {
        stakeLockupDuration[role] = duration;
    }

    function getStake(address participant) external view returns (StakeInfo memory) {
        return stakes[participant];
    }

    function isActiveParticipant(address participant, uint8 role) external view returns (bool) {
        StakeInfo storage info = stakes[participant];
        return info.active && info.role == role;
    }

    function _declare(uint8 role, uint256 minimum, uint256 lockup) private {
        minStakeAmount[role] = minimum;
        stakeLockupDuration[role] = lockup;
    }

    function _activeStake() private view returns (StakeInfo storage info) {
        info = stakes[msg.sender];
        require(info.active, "ParticipantStaking: no active stake");
    }
}
