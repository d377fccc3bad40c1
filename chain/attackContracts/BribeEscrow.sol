// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

interface IPayable {
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
}

interface IVoteRecords {
    struct ConsensusResult {
        uint256 taskId;
        address solver;
        bool consensusCorrect;
        uint256 consensusScore;
        uint256 totalStake;
        uint256 correctStake;
        uint256 clippedVotes;
        bool finalized;
    }

    struct Vote {
        address coordinator;
        bool isCorrect;
        uint256 score;
        uint256 stake;
        uint256 voteBlock;
        bytes32 reportHash;
    }

    function getConsensusResult(
        uint256 taskId,
        address solver
    ) external view returns (ConsensusResult memory);

    function getVotes(uint256 taskId, address solver) external view returns (Vote[] memory);
}

/// @title A promise that binds its maker: who votes for a solver's work and is outvoted is paid for it.
/// @notice No part of the protocol: an attacker deploys it and pays ATN in. Amounts in wei of ATN. Nobody can take the
/// budget out before `lockedUntil`, so that a voter can rely on it. It has no immutables: its code is the same for every
/// promise, and whoever reads the hash of the code knows what it does.
contract BribeEscrow {
    IPayable public token;
    IVoteRecords public results;
    address public briber;
    /// @notice Whose submissions are to be found correct.
    address public solver;
    /// @notice What an outvoted supporter gets for a vote.
    uint256 public bribe;
    /// @notice The last block in which only claims are paid.
    uint256 public lockedUntil;
    mapping(uint256 taskId => mapping(address coordinator => bool)) public claimed;

    event BribeOffered(address indexed solver, uint256 bribe, uint256 lockedUntil);
    event BribePaid(uint256 indexed taskId, address indexed coordinator, uint256 amount);

    error NotOutvoted(uint256 taskId);
    error NoSupport(uint256 taskId, address coordinator);
    error ClaimedAlready(uint256 taskId, address coordinator);
    error NotBriber(address caller);
    error StillLocked(uint256 currentBlock, uint256 lockedUntil);

    constructor(
        IPayable token_,
        IVoteRecords results_,
        address solver_,
        uint256 bribe_,
        uint256 lockedUntil_
    ) {
        (token, results, briber, solver) = (token_, results_, msg.sender, solver_);
        (bribe, lockedUntil) = (bribe_, lockedUntil_);
        emit BribeOffered(solver_, bribe_, lockedUntil_);
    }

    /// @notice A coordinator whose revealed vote supported the solver on a task, once the consensus is final and the
    /// stake against it was more: once a task.
    function claim(uint256 taskId) external {
        IVoteRecords.ConsensusResult memory result = results.getConsensusResult(taskId, solver);
        if (!result.finalized || result.consensusCorrect || 2 * result.correctStake >= result.totalStake) {
            revert NotOutvoted(taskId);
        }
        if (claimed[taskId][msg.sender]) revert ClaimedAlready(taskId, msg.sender);
        if (!_supported(taskId, msg.sender)) revert NoSupport(taskId, msg.sender);
        claimed[taskId][msg.sender] = true;
        token.transfer(msg.sender, bribe);
        emit BribePaid(taskId, msg.sender, bribe);
    }

    /// @notice The briber, after the lock: what was not claimed.
    function withdraw() external {
        if (msg.sender != briber) revert NotBriber(msg.sender);
        if (block.number <= lockedUntil) revert StillLocked(block.number, lockedUntil);
        token.transfer(briber, token.balanceOf(address(this)));
    }

    function _supported(uint256 taskId, address coordinator) private view returns (bool) {
        IVoteRecords.Vote[] memory votes = results.getVotes(taskId, solver);
        for (uint256 i; i < votes.length; i++) {
            if (votes[i].coordinator == coordinator) return votes[i].isCorrect;
        }
        return false;
    }
}
