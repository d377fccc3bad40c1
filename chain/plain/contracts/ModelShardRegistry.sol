// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";

/// @title Where a model's shards are, in the plain set.
/// @notice Known to be weak. Anybody registers any model; an announcement needs no possession; anybody moves anybody's
/// reputation; leaves and inner nodes of the Merkle tree are hashed alike; a provider stays when its stake has gone.
contract ModelShardRegistry is Ownable {
    struct ModelManifest {
        string manifestCid;
        bytes32 merkleRoot;
        uint8 totalShards;
        uint8 dataShards;
        uint8 parityShards;
        uint256 totalSize;
        uint256 createdAt;
        address creator;
        uint8 tier;
        uint8 strategy;
        uint256 projectId;
    }

    struct Shard {
        bytes32 shardHash;
        uint8 shardIndex;
        bool isParityShard;
        uint256 size;
        uint256 lastVerified;
    }

    struct Provider {
        uint256 capacity;
        uint256 used;
        uint256 reputation;
        uint256 successfulVerifications;
        uint256 failedVerifications;
        bool active;
    }

    uint8 public constant DEFAULT_DATA_SHARDS = 10;
    uint8 public constant DEFAULT_PARITY_SHARDS = 4;
    uint256 public constant MIN_STORAGE_STAKE = 50 ether;
    uint256 private constant FIRST_REPUTATION = 100;
    uint256 private constant FAILURE_COSTS = 10;
    uint8 private constant LAST_TIER = 3;
    uint8 private constant LAST_STRATEGY = 2;

    IParticipantStaking public immutable staking;
    mapping(bytes32 modelHash => ModelManifest) public modelManifests;
    mapping(bytes32 modelHash => mapping(uint8 index => Shard)) public shards;
    mapping(bytes32 modelHash => mapping(uint8 index => address[])) public shardProviders;
    mapping(address provider => Provider) public providers;
    mapping(address provider => bytes32[]) public providerModels;

    event ModelRegistered(
        bytes32 indexed modelHash,
        string manifestCid,
        uint8 totalShards,
        uint256 projectId
    );
    event ProviderRegistered(address indexed provider, uint256 capacity);
    event ShardAnnounced(bytes32 indexed modelHash, uint8 shardIndex, address indexed provider);
    event ShardRecoveryTriggered(bytes32 indexed modelHash, uint8 shardIndex);
    event ShardRemoved(bytes32 indexed modelHash, uint8 shardIndex, address indexed provider);
    event ShardVerified(bytes32 indexed modelHash, uint8 shardIndex, address indexed verifier, bool success);

    constructor(address staking_, address owner_) Ownable(owner_) {
        staking = IParticipantStaking(staking_);
    }

    function registerModel(
        bytes32 modelHash,
        string calldata manifestCid,
        bytes32 merkleRoot,
        uint8 dataShards,
        uint8 parityShards,
        uint256 totalSize,
        uint8 tier,
        uint8 strategy,
        uint256 projectId
    ) external {
        ModelManifest storage model = modelManifests[modelHash];
        require(model.creator == address(0), "ModelShardRegistry: already registered");
        require(dataShards > 0, "ModelShardRegistry: no data shards");
        require(
            tier <= LAST_TIER && strategy <= LAST_STRATEGY,
            "ModelShardRegistry: unknown tier or strategy"
        );
        model.manifestCid = manifestCid;
        model.merkleRoot = merkleRoot;
        model.totalShards = dataShards + parityShards;
        model.dataShards = dataShards;
        model.parityShards = parityShards;
        model.totalSize = totalSize;
        model.createdAt = block.timestamp;
        model.creator = msg.sender;
        model.tier = tier;
        model.strategy = strategy;
        model.projectId = projectId;
        emit ModelRegistered(modelHash, manifestCid, model.totalShards, projectId);
    }

    /// @notice With at least 50 ATN at stake, in any role.
    function registerProvider(uint256 capacityBytes) external {
        Provider storage provider = providers[msg.sender];
        require(!provider.active, "ModelShardRegistry: already a provider");
        require(
            staking.getStake(msg.sender).amount >= MIN_STORAGE_STAKE,
            "ModelShardRegistry: too little at stake"
        );
        require(capacityBytes >= provider.used, "ModelShardRegistry: less than is used");
        provider.capacity = capacityBytes;
        provider.active = true;
        if (provider.reputation == 0) provider.reputation = FIRST_REPUTATION;
        emit ProviderRegistered(msg.sender, capacityBytes);
    }

    function updateCapacity(uint256 newCapacity) external {
        Provider storage provider = _activeProvider();
        require(newCapacity >= provider.used, "ModelShardRegistry: less than is used");
        provider.capacity = newCapacity;
    }

    function deactivateProvider() external {
        _activeProvider().active = false;
    }

    function announceShard(
        bytes32 modelHash,
        uint8 shardIndex,
        bytes32 shardHash,
        uint256 shardSize,
        bool isParityShard
    ) external {
        Provider storage provider = _activeProvider();
        _requireShard(modelHash, shardIndex);
        address[] storage holders = shardProviders[modelHash][shardIndex];
        require(_indexOf(holders, msg.sender) == holders.length, "ModelShardRegistry: already announced");
        Shard storage shard = shards[modelHash][shardIndex];
        if (shard.shardHash == 0) {
            shards[modelHash][shardIndex] = Shard(shardHash, shardIndex, isParityShard, shardSize, 0);
        } else {
            require(shard.shardHash == shardHash, "ModelShardRegistry: another shard");
        }
        provider.used += shards[modelHash][shardIndex].size;
        require(provider.used <= provider.capacity, "ModelShardRegistry: no capacity left");
        holders.push(msg.sender);
        providerModels[msg.sender].push(modelHash);
        emit ShardAnnounced(modelHash, shardIndex, msg.sender);
    }

    function removeShard(bytes32 modelHash, uint8 shardIndex) external {
        address[] storage holders = shardProviders[modelHash][shardIndex];
        uint256 index = _indexOf(holders, msg.sender);
        require(index < holders.length, "ModelShardRegistry: not announced");
        holders[index] = holders[holders.length - 1];
        holders.pop();
        providers[msg.sender].used -= shards[modelHash][shardIndex].size;
        emit ShardRemoved(modelHash, shardIndex, msg.sender);
    }

    /// @notice Whether the proof leads from the shard's hash to the model's root: left and right by parity of the index.
    function verifyShard(
        bytes32 modelHash,
        uint8 shardIndex,
        bytes32 shardHash,
        bytes32[] calldata merkleProof
    ) external returns (bool valid) {
        _requireShard(modelHash, shardIndex);
        bytes32 node = shardHash;
        uint256 index = shardIndex;
        for (uint256 i; i < merkleProof.length; i++) {
            bytes32 sibling = merkleProof[i];
            node = keccak256(index % 2 == 0 ? abi.encode(node, sibling) : abi.encode(sibling, node));
            index /= 2;
        }
        valid = node == modelManifests[modelHash].merkleRoot;
        if (valid) shards[modelHash][shardIndex].lastVerified = block.timestamp;
        emit ShardVerified(modelHash, shardIndex, msg.sender, valid);
    }

    function reportVerificationSuccess(bytes32 modelHash, uint8 shardIndex, address provider) external {
        _requireAnnounced(modelHash, shardIndex, provider);
        providers[provider].successfulVerifications++;
        providers[provider].reputation++;
    }

    function reportVerificationFailure(bytes32 modelHash, uint8 shardIndex, address provider) external {
        _requireAnnounced(modelHash, shardIndex, provider);
        Provider storage reported = providers[provider];
        reported.failedVerifications++;
        reported.reputation = reported.reputation > FAILURE_COSTS ? reported.reputation - FAILURE_COSTS : 0;
    }

    function triggerShardRecovery(bytes32 modelHash, uint8 shardIndex) external {
        _requireShard(modelHash, shardIndex);
        emit ShardRecoveryTriggered(modelHash, shardIndex);
    }

    /// @notice Shards that anybody announced, and whether they suffice to restore the model.
    function checkShardAvailability(
        bytes32 modelHash
    ) external view returns (uint8 availableShards, bool sufficient) {
        ModelManifest storage model = modelManifests[modelHash];
        for (uint8 i; i < model.totalShards; i++) {
            if (shardProviders[modelHash][i].length > 0) availableShards++;
        }
        sufficient = model.creator != address(0) && availableShards >= model.dataShards;
    }

    function getModelManifest(
        bytes32 modelHash
    )
        external
        view
        returns (
            string memory manifestCid,
            bytes32 merkleRoot,
            uint8 totalShards,
            uint8 dataShards,
            uint256 totalSize,
            uint8 tier,
            uint8 strategy
        )
    {
        ModelManifest storage m = modelManifests[modelHash];
        return (m.manifestCid, m.merkleRoot, m.totalShards, m.dataShards, m.totalSize, m.tier, m.strategy);
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

    function getShardProviders(bytes32 modelHash, uint8 shardIndex) external view returns (address[] memory) {
        return shardProviders[modelHash][shardIndex];
    }

    function _activeProvider() private view returns (Provider storage provider) {
        provider = providers[msg.sender];
        require(provider.active, "ModelShardRegistry: not a provider");
    }

    function _requireShard(bytes32 modelHash, uint8 shardIndex) private view {
        ModelManifest storage model = modelManifests[modelHash];
        require(model.creator != address(0), "ModelShardRegistry: unknown model");
        require(shardIndex < model.totalShards, "ModelShardRegistry: no such shard");
    }

    function _requireAnnounced(bytes32 modelHash, uint8 shardIndex, address provider) private view {
        address[] storage holders = shardProviders[modelHash][shardIndex];
        require(_indexOf(holders, provider) < holders.length, "ModelShardRegistry: not announced");
    }

    /// @dev The length of the list where the account is not in it.
    function _indexOf(address[] storage list, address account) private view returns (uint256 index) {
        while (index < list.length && list[index] != account) index++;
    }
}
