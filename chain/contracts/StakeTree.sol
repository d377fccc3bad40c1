// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Stake-weighted draws without replacement in logarithmic time.
/// @notice A Fenwick tree over slots. Weights are wei of ATN, at most 2^96 − 1 each.
library StakeTree {
    struct Leaf {
        address holder;
        uint96 weight;
    }

    struct Tree {
        uint256 size;
        mapping(uint256 slot => uint256) sums;
        mapping(uint256 slot => Leaf) leaves;
        mapping(address holder => uint256) slotOf;
        uint256[] vacant;
    }

    struct Pick {
        uint256 start;
        uint256 weight;
    }

    /// @dev Gives the holder this weight; zero keeps its slot but is never drawn.
    function set(Tree storage tree, address holder, uint256 weight) internal {
        uint96 clamped = weight > type(uint96).max ? type(uint96).max : uint96(weight);
        uint256 slot = tree.slotOf[holder];
        if (slot == 0) {
            if (clamped == 0) return;
            slot = _occupy(tree, holder);
        }
        uint96 before = tree.leaves[slot].weight;
        if (before == clamped) return;
        tree.leaves[slot].weight = clamped;
        uint256 size = tree.size;
        for (uint256 i = slot; i <= size; i += i & (~i + 1)) {
            tree.sums[i] = tree.sums[i] + clamped - before;
        }
    }

    /// @dev Frees the holder's slot for another.
    function remove(Tree storage tree, address holder) internal {
        uint256 slot = tree.slotOf[holder];
        if (slot == 0) return;
        set(tree, holder, 0);
        delete tree.leaves[slot];
        delete tree.slotOf[holder];
        tree.vacant.push(slot);
    }

    function total(Tree storage tree) internal view returns (uint256 sum) {
        for (uint256 i = tree.size; i > 0; i &= i - 1) sum += tree.sums[i];
    }

    /// @dev Draws up to `count` different holders, each time in proportion to weight among those left. The line of
    /// all weights is drawn on with the intervals of earlier picks cut out, so nothing is written.
    function draw(
        Tree storage tree,
        bytes32 seed,
        uint256 count
    ) internal view returns (address[] memory holders, uint256[] memory weights) {
        uint256 left = total(tree);
        Pick[] memory cuts = new Pick[](count);
        holders = new address[](count);
        weights = new uint256[](count);
        uint256 drawn;
        while (drawn < count && left > 0) {
            uint256 point = uint256(keccak256(abi.encode(seed, drawn))) % left;
            for (uint256 i; i < drawn && point >= cuts[i].start; i++) point += cuts[i].weight;
            (uint256 slot, uint256 start) = _find(tree, point);
            Leaf memory leaf = tree.leaves[slot];
            holders[drawn] = leaf.holder;
            weights[drawn] = leaf.weight;
            left -= leaf.weight;
            uint256 j = drawn++;
            for (; j > 0 && cuts[j - 1].start > start; j--) cuts[j] = cuts[j - 1];
            cuts[j] = Pick(start, leaf.weight);
        }
        assembly ("memory-safe") {
            mstore(holders, drawn)
            mstore(weights, drawn)
        }
    }

    function _occupy(Tree storage tree, address holder) private returns (uint256 slot) {
        uint256 vacancies = tree.vacant.length;
        if (vacancies > 0) {
            slot = tree.vacant[vacancies - 1];
            tree.vacant.pop();
        } else {
            slot = ++tree.size;
            uint256 sum;
            uint256 floor = slot & (slot - 1);
            for (uint256 i = slot - 1; i > floor; i &= i - 1) sum += tree.sums[i];
            if (sum > 0) tree.sums[slot] = sum;
        }
        tree.leaves[slot].holder = holder;
        tree.slotOf[holder] = slot;
    }

    function _find(Tree storage tree, uint256 point) private view returns (uint256 slot, uint256 start) {
        uint256 size = tree.size;
        uint256 step = 1;
        while (step << 1 <= size) step <<= 1;
        for (; step > 0; step >>= 1) {
            uint256 next = slot + step;
            if (next > size) continue;
            uint256 sum = tree.sums[next];
            if (start + sum <= point) {
                slot = next;
                start += sum;
            }
        }
        slot++;
    }
}
