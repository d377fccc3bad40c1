// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ShardManifests} from "./ShardManifests.sol";
import {ShardProofs} from "./ShardProofs.sol";
import {ShardProviders} from "./ShardProviders.sol";

/// @title Which providers hold which shards of a model, by proof: an announcement stands once drawn chunks of the
/// shard were shown, and anyone may ask for others at intervals.
/// @notice A provider that misses a challenge loses the shard and reputation; nobody's word moves either. Windows in
/// blocks, sizes in bytes.
contract ModelShardRegistry is ShardProviders {
    event ShardChallenged(
        bytes32 indexed modelHash,
        uint8 shardIndex,
        address indexed provider,
        uint256[] chunks,
        uint256 deadline
    );
    event ShardRecoveryTriggered(bytes32 indexed modelHash, uint8 shardIndex);

    error WrongShardKind(uint8 shardIndex, uint8 dataShards, bool isParityShard);
    error ShardSizeOutOfBounds(uint256 size, uint256 minimum, uint256 maximum);
    error WrongShard(bytes32 shardHash, uint256 size, bytes32 knownHash, uint256 knownSize);
    error AlreadyAnnounced(bytes32 modelHash, uint8 shardIndex, address provider);
    error NotAnnounced(bytes32 modelHash, uint8 shardIndex, address provider);
    error TooManyShards(bytes32 modelHash, address provider, uint256 maximum);
    error ShardFull(bytes32 modelHash, uint8 shardIndex, uint256 maximum);
    error ChallengeTooSoon(uint256 currentBlock, uint256 fromBlock);
    error ChallengeIsOpen(bytes32 modelHash, uint8 shardIndex, address provider, uint256 deadline);
    error NoOpenChallenge(bytes32 modelHash, uint8 shardIndex, address provider);
    error AnswerTooLate(uint256 currentBlock, uint256 deadline);
    error WrongChunkCount(uint256 chunks, uint256 proofs, uint256 expected);
    error WrongChunk(uint256 chunkIndex);
    error WrongShardProof(uint8 shardIndex, bytes32 shardHash);
    error NoAnsweredChallenge(bytes32 modelHash, uint8 shardIndex, address provider);
    error NoMissedChallenge(bytes32 modelHash, uint8 shardIndex, address provider);
    error EnoughProviders(bytes32 modelHash, uint8 shardIndex, uint256 providers, uint256 minimum);

    constructor(address staking_, address owner_) ShardManifests(staking_, owner_) {
        _declare("maxProvidersPerShard", 8, 1, 32);
        _declare("minProvidersPerShard", 1, 0, 32);
        _declare("maxShardsPerProvider", 4, 1, 255);
        _declare("challengeIntervalBlocks", 7_200, 1, 1e6);
        _declare("challengeResponseBlocks", 50, 1, 1e6);
        _declare("chunksPerChallenge", 4, 1, 16);
    }

    // Announcements

    /// @notice A live provider with room for the shard. The announcement is pending until the provider has answered
    /// its first challenge.
    function announceShard(
        bytes32 modelHash,
        uint8 shardIndex,
        bytes32 shardHash,
        uint256 shardSize,
        bool isParityShard
    ) external {
        Provider storage p = _requireLive(msg.sender);
        _requireFits(modelHash, shardIndex, shardHash, shardSize, isParityShard);
        uint256 least = _value("minReputation");
        if (p.reputation < least) revert ReputationTooLow(msg.sender, p.reputation, least);
        Holding storage h = _holdings[modelHash][shardIndex][msg.sender];
        if (h.size != 0) revert AlreadyAnnounced(modelHash, shardIndex, msg.sender);
        uint256 most = _value("maxShardsPerProvider");
        if (shardsOfProvider[modelHash][msg.sender] >= most) {
            revert TooManyShards(modelHash, msg.sender, most);
        }
        _requirePlace(modelHash, shardIndex);
        _occupy(modelHash, p, shardSize);
        h.shardHash = shardHash;
        h.size = shardSize;
        h.announcedAt = uint48(block.number);
        emit ShardAnnounced(modelHash, shardIndex, msg.sender);
    }

    /// @notice A provider gives a shard up; not while it is challenged.
    function removeShard(bytes32 modelHash, uint8 shardIndex) external {
        Holding storage h = _announced(modelHash, shardIndex, msg.sender);
        if (h.challenge == Challenge.Open) {
            revert ChallengeIsOpen(modelHash, shardIndex, msg.sender, h.deadline);
        }
        _credit(h, msg.sender);
        _drop(modelHash, shardIndex, msg.sender);
    }

    // Challenges

    /// @notice Anyone: asks a provider for chunks that this block draws. A pending announcement from its next block on,
    /// a held shard challengeIntervalBlocks after the last challenge.
    function challengeShard(bytes32 modelHash, uint8 shardIndex, address provider) external {
        Holding storage h = _announced(modelHash, shardIndex, provider);
        if (h.challenge == Challenge.Open) {
            revert ChallengeIsOpen(modelHash, shardIndex, provider, h.deadline);
        }
        uint256 from = h.held ? h.challengedAt + _value("challengeIntervalBlocks") : h.announcedAt + 1;
        if (block.number < from) revert ChallengeTooSoon(block.number, from);
        _credit(h, provider);
        h.seed = keccak256(
            abi.encode(block.prevrandao, address(this), modelHash, shardIndex, provider, block.number)
        );
        h.chunks = uint8(_value("chunksPerChallenge"));
        h.challengedAt = uint48(block.number);
        h.deadline = uint48(block.number + _value("challengeResponseBlocks"));
        h.challenge = Challenge.Open;
        uint256[] memory drawn = _drawnChunks(h, chunkBytesOf[modelHash]);
        emit ShardChallenged(modelHash, shardIndex, provider, drawn, h.deadline);
    }

    /// @notice The challenged provider, until the deadline: each chunk with its proof against the shard's hash, and
    /// the shard's hash with its proof against the model's root.
    function answerChallenge(
        bytes32 modelHash,
        uint8 shardIndex,
        bytes[] calldata chunks,
        bytes32[][] calldata chunkProofs,
        bytes32[] calldata shardProof
    ) external {
        Holding storage h = _announced(modelHash, shardIndex, msg.sender);
        if (h.challenge != Challenge.Open) revert NoOpenChallenge(modelHash, shardIndex, msg.sender);
        if (block.number > h.deadline) revert AnswerTooLate(block.number, h.deadline);
        if (!_isShard(modelManifests[modelHash], shardIndex, h.shardHash, shardProof)) {
            revert WrongShardProof(shardIndex, h.shardHash);
        }
        _requireChunks(h, chunkBytesOf[modelHash], chunks, chunkProofs);
        h.challenge = Challenge.Answered;
        emit ShardVerified(modelHash, shardIndex, msg.sender, true);
        _learnShard(modelHash, shardIndex, h);
        if (!h.held) _list(modelHash, shardIndex, h);
    }

    /// @notice Anyone: an answered challenge raises the provider's reputation, once.
    function reportVerificationSuccess(bytes32 modelHash, uint8 shardIndex, address provider) external {
        Holding storage h = _announced(modelHash, shardIndex, provider);
        if (h.challenge != Challenge.Answered) revert NoAnsweredChallenge(modelHash, shardIndex, provider);
        _credit(h, provider);
    }

    /// @notice Anyone: a challenge whose deadline has passed costs the provider the shard and reputation.
    function reportVerificationFailure(bytes32 modelHash, uint8 shardIndex, address provider) external {
        if (!_hasMissed(_announced(modelHash, shardIndex, provider))) {
            revert NoMissedChallenge(modelHash, shardIndex, provider);
        }
        _fail(modelHash, shardIndex, provider);
    }

    /// @notice Anyone: drops providers of a shard that no longer count, and calls for others if too few are left. Who
    /// left while it was challenged stays, uncounted, until it answers or its deadline makes the challenge missed.
    function triggerShardRecovery(bytes32 modelHash, uint8 shardIndex) external {
        _knownShard(modelHash, shardIndex);
        _prune(modelHash, shardIndex);
        uint256 left = getShardProviders(modelHash, shardIndex).length;
        uint256 least = _value("minProvidersPerShard");
        if (left >= least) revert EnoughProviders(modelHash, shardIndex, left, least);
        emit ShardRecoveryTriggered(modelHash, shardIndex);
    }

    // Views

    /// @notice Shards that somebody holds who counts, and whether they are enough to restore the model.
    function checkShardAvailability(
        bytes32 modelHash
    ) external view returns (uint8 availableShards, bool sufficient) {
        Manifest storage m = _known(modelHash);
        uint8 total = m.totalShards;
        for (uint8 i; i < total; i++) {
            address[] storage holders = shardProviders[modelHash][i];
            for (uint256 j; j < holders.length; j++) {
                if (!_counts(modelHash, i, holders[j])) continue;
                availableShards++;
                break;
            }
        }
        sufficient = availableShards >= m.dataShards;
    }

    /// @notice Providers of a shard that count at this moment.
    function getShardProviders(
        bytes32 modelHash,
        uint8 shardIndex
    ) public view returns (address[] memory counting) {
        address[] storage holders = shardProviders[modelHash][shardIndex];
        uint256 length = holders.length;
        counting = new address[](length);
        uint256 count;
        for (uint256 i; i < length; i++) {
            if (_counts(modelHash, shardIndex, holders[i])) counting[count++] = holders[i];
        }
        assembly ("memory-safe") {
            mstore(counting, count)
        }
    }

    /// @notice What a provider announced of a shard, and the state of its last challenge.
    function holdingOf(
        bytes32 modelHash,
        uint8 shardIndex,
        address provider
    ) external view returns (Holding memory) {
        return _holdings[modelHash][shardIndex][provider];
    }

    /// @notice The chunks that an open challenge asks for, in order; some may be drawn twice.
    function challengedChunks(
        bytes32 modelHash,
        uint8 shardIndex,
        address provider
    ) external view returns (uint256[] memory) {
        Holding storage h = _announced(modelHash, shardIndex, provider);
        if (h.challenge != Challenge.Open) revert NoOpenChallenge(modelHash, shardIndex, provider);
        return _drawnChunks(h, chunkBytesOf[modelHash]);
    }

    // Inside

    function _requireFits(
        bytes32 modelHash,
        uint8 shardIndex,
        bytes32 shardHash,
        uint256 size,
        bool isParityShard
    ) private view {
        Manifest storage m = _knownShard(modelHash, shardIndex);
        if (isParityShard != (shardIndex >= m.dataShards)) {
            revert WrongShardKind(shardIndex, m.dataShards, isParityShard);
        }
        if (size == 0 || size > m.totalSize) revert ShardSizeOutOfBounds(size, 1, m.totalSize);
        Shard storage known = shards[modelHash][shardIndex];
        if (known.size != 0 && (known.shardHash != shardHash || known.size != size)) {
            revert WrongShard(shardHash, size, known.shardHash, known.size);
        }
    }

    /// @dev A full shard makes room for others where somebody does not count any more.
    function _requirePlace(bytes32 modelHash, uint8 shardIndex) private {
        uint256 most = _value("maxProvidersPerShard");
        if (shardProviders[modelHash][shardIndex].length < most) return;
        _prune(modelHash, shardIndex);
        if (shardProviders[modelHash][shardIndex].length >= most) {
            revert ShardFull(modelHash, shardIndex, most);
        }
    }

    function _requireChunks(
        Holding storage h,
        uint256 chunkBytes,
        bytes[] calldata chunks,
        bytes32[][] calldata proofs
    ) private view {
        uint256[] memory drawn = _drawnChunks(h, chunkBytes);
        if (chunks.length != drawn.length || proofs.length != drawn.length) {
            revert WrongChunkCount(chunks.length, proofs.length, drawn.length);
        }
        uint256 levels = ShardProofs.height(ShardProofs.chunksOf(h.size, chunkBytes));
        for (uint256 i; i < drawn.length; i++) {
            uint256 index = drawn[i];
            if (
                proofs[i].length != levels ||
                chunks[i].length != ShardProofs.chunkLength(h.size, chunkBytes, index) ||
                ShardProofs.shardHash(h.size, _chunkRoot(index, chunks[i], proofs[i])) != h.shardHash
            ) revert WrongChunk(index);
        }
    }

    function _chunkRoot(
        uint256 index,
        bytes calldata chunk,
        bytes32[] calldata proof
    ) private pure returns (bytes32) {
        return ShardProofs.rootOf(ShardProofs.chunkLeaf(index, chunk), index, proof);
    }

    function _drawnChunks(
        Holding storage h,
        uint256 chunkBytes
    ) private view returns (uint256[] memory drawn) {
        uint256 count = ShardProofs.chunksOf(h.size, chunkBytes);
        drawn = new uint256[](h.chunks);
        for (uint256 i; i < drawn.length; i++) drawn[i] = uint256(keccak256(abi.encode(h.seed, i))) % count;
    }

    function _learnShard(bytes32 modelHash, uint8 shardIndex, Holding storage h) private {
        bool parity = shardIndex >= modelManifests[modelHash].dataShards;
        shards[modelHash][shardIndex] = Shard(h.shardHash, shardIndex, parity, h.size, block.timestamp);
    }

    /// @dev Where others were faster and every place is taken, the announcement ends without harm.
    function _list(bytes32 modelHash, uint8 shardIndex, Holding storage h) private {
        address[] storage list = shardProviders[modelHash][shardIndex];
        if (list.length >= _value("maxProvidersPerShard")) {
            _credit(h, msg.sender);
            _drop(modelHash, shardIndex, msg.sender);
            return;
        }
        h.held = true;
        list.push(msg.sender);
    }

    function _fail(bytes32 modelHash, uint8 shardIndex, address provider) private {
        emit ShardVerified(modelHash, shardIndex, provider, false);
        _debit(provider);
        _drop(modelHash, shardIndex, provider);
    }

    function _prune(bytes32 modelHash, uint8 shardIndex) private {
        address[] storage list = shardProviders[modelHash][shardIndex];
        for (uint256 i = list.length; i > 0; i--) {
            address provider = list[i - 1];
            Holding storage h = _holdings[modelHash][shardIndex][provider];
            if (_hasMissed(h)) _fail(modelHash, shardIndex, provider);
            else if (h.challenge != Challenge.Open && !isLive(provider))
                _drop(modelHash, shardIndex, provider);
        }
    }

    function _counts(bytes32 modelHash, uint8 shardIndex, address provider) private view returns (bool) {
        return !_hasMissed(_holdings[modelHash][shardIndex][provider]) && isLive(provider);
    }

    function _hasMissed(Holding storage h) private view returns (bool) {
        return h.challenge == Challenge.Open && block.number > h.deadline;
    }

    function _announced(
        bytes32 modelHash,
        uint8 shardIndex,
        address provider
    ) private view returns (Holding storage h) {
        h = _holdings[modelHash][shardIndex][provider];
        if (h.size == 0) revert NotAnnounced(modelHash, shardIndex, provider);
    }
}
