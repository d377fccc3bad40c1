// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The two Merkle trees of a sharded model, and proofs of fixed length in them.
/// @notice Every kind of node has a first byte of its own, and a proof must be exactly as long as its tree is high,
/// so no node can pose as one of another kind or level:
///
///     chunk leaf   keccak256(0x00 ‖ uint32 index of the chunk ‖ bytes of the chunk)
///     inner node   keccak256(0x01 ‖ left ‖ right)
///     shard hash   keccak256(0x02 ‖ uint256 size of the shard in bytes ‖ root over its chunk leaves)
///     shard leaf   keccak256(0x03 ‖ uint8 index of the shard ‖ shard hash)
///
/// A shard is cut into chunks of the model's chunk size, the last one shorter. Either tree is filled up with zero
/// leaves to a power of two; a tree of one leaf is that leaf.
library ShardProofs {
    function chunkLeaf(uint256 index, bytes calldata chunk) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x00), uint32(index), chunk));
    }

    function shardHash(uint256 size, bytes32 chunkRoot) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x02), size, chunkRoot));
    }

    function shardLeaf(uint8 index, bytes32 hash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x03), index, hash));
    }

    /// @return the root that the proof leads to. Bits of the index say on which side each sibling stands.
    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata proof) internal pure returns (bytes32) {
        bytes32 node = leaf;
        for (uint256 level; level < proof.length; level++) {
            (bytes32 left, bytes32 right) = (index >> level) & 1 == 0
                ? (node, proof[level])
                : (proof[level], node);
            node = keccak256(abi.encodePacked(bytes1(0x01), left, right));
        }
        return node;
    }

    /// @return the levels above the leaves of a tree with so many: ⌈log₂ leaves⌉.
    function height(uint256 leaves) internal pure returns (uint256) {
        uint256 levels;
        while (uint256(1) << levels < leaves) levels++;
        return levels;
    }

    function chunksOf(uint256 size, uint256 chunkBytes) internal pure returns (uint256) {
        return (size + chunkBytes - 1) / chunkBytes;
    }

    /// @return bytes of a chunk; only the last one may be shorter.
    function chunkLength(uint256 size, uint256 chunkBytes, uint256 index) internal pure returns (uint256) {
        uint256 start = index * chunkBytes;
        return size - start < chunkBytes ? size - start : chunkBytes;
    }
}
