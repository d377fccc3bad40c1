// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ShardManifests} from "./ShardManifests.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";

/// @title Storage providers: their stake, capacity, reputation, and which shards they hold.
/// @notice A provider is live while it is registered, active and has the least stake in any role without having
/// asked to unstake; a provider that is not counts for nothing. Capacities in bytes.
abstract contract ShardProviders is ShardManifests {
    struct Provider {
        uint256 capacity;
        uint256 used;
        uint256 reputation;
        uint256 successfulVerifications;
        uint256 failedVerifications;
        bool active;
    }

    enum Challenge {
        None,
        Open,
        Answered
    }

    /// @dev What a provider announced. `held` once it has proven possession.
    struct Holding {
        bytes32 shardHash;
        uint256 size;
        bytes32 seed;
        uint48 announcedAt;
        uint48 challengedAt;
        uint48 deadline;
        uint8 chunks;
        Challenge challenge;
        bool held;
    }

    mapping(address provider => Provider) public providers;
    /// @notice Models of which a provider has announced shards, in no order.
    mapping(address provider => bytes32[]) public providerModels;
    /// @notice Who has proven to hold a shard, also who does not count at the moment.
    mapping(bytes32 modelHash => mapping(uint8 shardIndex => address[])) public shardProviders;
    /// @notice Shards of a model that a provider has announced.
    mapping(bytes32 modelHash => mapping(address provider => uint256)) public shardsOfProvider;

    mapping(bytes32 modelHash => mapping(uint8 shardIndex => mapping(address provider => Holding)))
        internal _holdings;
    /// @dev Place in providerModels, counted from 1.
    mapping(address provider => mapping(bytes32 modelHash => uint256)) private _places;

    event ProviderRegistered(address indexed provider, uint256 capacity);
    event CapacityUpdated(address indexed provider, uint256 capacity);
    event ProviderDeactivated(address indexed provider);
    event ShardAnnounced(bytes32 indexed modelHash, uint8 shardIndex, address indexed provider);
    event ShardRemoved(bytes32 indexed modelHash, uint8 shardIndex, address indexed provider);
    event ReputationChanged(address indexed provider, uint256 reputation);

    error StorageStakeTooSmall(address provider, uint256 stake, uint256 minimum);
    error ZeroCapacity();
    error ProviderAlreadyActive(address provider);
    error ProviderNotActive(address provider);
    error CapacityTooSmall(address provider, uint256 needed, uint256 capacity);
    error ReputationTooLow(address provider, uint256 reputation, uint256 minimum);

    constructor() {
        _declare("minStorageStake", 50e18, 0, 1e27);
        _declare("reputationAtStart", 100, 0, 1e6);
        _declare("reputationGain", 1, 0, 1e6);
        _declare("reputationLoss", 10, 0, 1e6);
        _declare("maxReputation", 1_000, 0, 1e6);
        _declare("minReputation", 0, 0, 1e6);
    }

    /// @notice Anyone with the least stake. Who returns keeps its reputation and what it has announced.
    function registerProvider(uint256 capacityBytes) external {
        Provider storage p = providers[msg.sender];
        if (p.active) revert ProviderAlreadyActive(msg.sender);
        _requireStake(msg.sender);
        if (capacityBytes == 0) revert ZeroCapacity();
        if (capacityBytes < p.used) revert CapacityTooSmall(msg.sender, p.used, capacityBytes);
        if (p.capacity == 0) p.reputation = _value("reputationAtStart");
        p.capacity = capacityBytes;
        p.active = true;
        emit ProviderRegistered(msg.sender, capacityBytes);
    }

    /// @notice An active provider; not below what it uses.
    function updateCapacity(uint256 newCapacity) external {
        Provider storage p = _activeProvider(msg.sender);
        if (newCapacity == 0) revert ZeroCapacity();
        if (newCapacity < p.used) revert CapacityTooSmall(msg.sender, p.used, newCapacity);
        p.capacity = newCapacity;
        emit CapacityUpdated(msg.sender, newCapacity);
    }

    /// @notice An active provider: from now on it counts for nothing. Open challenges can still be missed.
    function deactivateProvider() external {
        _activeProvider(msg.sender).active = false;
        emit ProviderDeactivated(msg.sender);
    }

    function getProviderInfo(
        address provider
    )
        external
        view
        returns (
            uint256 capacity,
            uint256 used,
            uint256 reputation,
            uint256 successfulVerifications,
            uint256 failedVerifications,
            bool active
        )
    {
        Provider storage p = providers[provider];
        return (p.capacity, p.used, p.reputation, p.successfulVerifications, p.failedVerifications, p.active);
    }

    /// @notice Stake in wei of ATN below which a provider does not count.
    function MIN_STORAGE_STAKE() external view returns (uint256) {
        return _value("minStorageStake");
    }

    /// @notice Active, with enough at stake, and not about to leave.
    function isLive(address provider) public view returns (bool) {
        return providers[provider].active && _storageStake(provider) >= _value("minStorageStake");
    }

    function _requireLive(address provider) internal view returns (Provider storage p) {
        p = _activeProvider(provider);
        _requireStake(provider);
    }

    function _occupy(bytes32 modelHash, Provider storage p, uint256 size) internal {
        if (p.used + size > p.capacity) revert CapacityTooSmall(msg.sender, p.used + size, p.capacity);
        p.used += size;
        if (shardsOfProvider[modelHash][msg.sender]++ > 0) return;
        providerModels[msg.sender].push(modelHash);
        _places[msg.sender][modelHash] = providerModels[msg.sender].length;
    }

    /// @dev Forgets a holding and frees its capacity.
    function _drop(bytes32 modelHash, uint8 shardIndex, address provider) internal {
        Holding storage h = _holdings[modelHash][shardIndex][provider];
        providers[provider].used -= h.size;
        if (h.held) _unlist(shardProviders[modelHash][shardIndex], provider);
        delete _holdings[modelHash][shardIndex][provider];
        if (--shardsOfProvider[modelHash][provider] == 0) _forgetModel(modelHash, provider);
        emit ShardRemoved(modelHash, shardIndex, provider);
    }

    /// @dev An answered challenge has its effect on reputation once.
    function _credit(Holding storage h, address provider) internal {
        if (h.challenge != Challenge.Answered) return;
        h.challenge = Challenge.None;
        Provider storage p = providers[provider];
        p.successfulVerifications++;
        uint256 most = _value("maxReputation");
        uint256 reputation = p.reputation + _value("reputationGain");
        if (reputation > most) reputation = p.reputation > most ? p.reputation : most;
        p.reputation = reputation;
        emit ReputationChanged(provider, reputation);
    }

    function _debit(address provider) internal {
        Provider storage p = providers[provider];
        p.failedVerifications++;
        uint256 loss = _value("reputationLoss");
        p.reputation = p.reputation > loss ? p.reputation - loss : 0;
        emit ReputationChanged(provider, p.reputation);
    }

    function _activeProvider(address provider) private view returns (Provider storage p) {
        p = providers[provider];
        if (!p.active) revert ProviderNotActive(provider);
    }

    function _requireStake(address provider) private view {
        uint256 minimum = _value("minStorageStake");
        uint256 stake = _storageStake(provider);
        if (stake < minimum) revert StorageStakeTooSmall(provider, stake, minimum);
    }

    /// @dev Stake in any role; none of it counts once its holder has asked for it back.
    function _storageStake(address provider) private view returns (uint256) {
        IParticipantStaking.StakeInfo memory info = staking.getStake(provider);
        return info.active ? info.amount : 0;
    }

    function _unlist(address[] storage list, address provider) private {
        for (uint256 i; i < list.length; i++) {
            if (list[i] != provider) continue;
            list[i] = list[list.length - 1];
            list.pop();
            return;
        }
    }

    function _forgetModel(bytes32 modelHash, address provider) private {
        bytes32[] storage models = providerModels[provider];
        uint256 place = _places[provider][modelHash];
        bytes32 last = models[models.length - 1];
        models[place - 1] = last;
        _places[provider][last] = place;
        models.pop();
        delete _places[provider][modelHash];
    }
}
