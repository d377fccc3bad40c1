// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ATNToken} from "./ATNToken.sol";
import {Parameterised} from "./Parameterised.sol";
import {IConstitution} from "./interfaces/IConstitution.sol";
import {
    BPS,
    PROPOSAL_PENDING,
    PROPOSAL_ACTIVE,
    PROPOSAL_CANCELED,
    PROPOSAL_DEFEATED,
    PROPOSAL_SUCCEEDED,
    PROPOSAL_QUEUED,
    PROPOSAL_EXPIRED,
    PROPOSAL_EXECUTED
} from "./Enumerations.sol";

/// @title What the DAO remembers of proposals, the rules that each was made under, and their states.
/// @notice Power to propose and to vote is that of the block before the proposal, so tokens that are bought or lent
/// for it count for nothing. Votes in wei of ATN, windows in blocks. A state never goes back.
abstract contract ProposalLedger is Parameterised, Ownable {
    struct Proposal {
        uint256 id;
        address proposer;
        string description;
        uint256 startBlock;
        uint256 endBlock;
        uint256 forVotes;
        uint256 againstVotes;
        bool executed;
        bool canceled;
        bytes32 calldataHash;
    }

    /// @dev `jury` is the constitution whose jury sits on an amendment, 0 for an ordinary proposal. The quorum counts
    /// votes in favour, of an amendment all votes cast. `executableUntil` is 0 until queued.
    struct Terms {
        address target;
        uint48 snapshotBlock;
        uint48 queueEnd;
        address jury;
        uint64 executableUntil;
        uint16 majorityBps;
        bool plain;
        bool plainAllowed;
        bool unstoppable;
        uint256 juryId;
        uint256 value;
        uint256 quorum;
    }

    ATNToken public immutable votingToken;
    /// @notice Identifiers are consecutive from 1.
    uint256 public nextProposalId = 1;

    mapping(uint256 proposalId => Proposal) public proposals;
    mapping(uint256 proposalId => mapping(address voter => bool)) public hasVoted;
    mapping(uint256 proposalId => Terms) internal _terms;

    event ProposalCreated(uint256 indexed proposalId, address indexed proposer, string description);
    event ProposalBound(
        uint256 indexed proposalId,
        address indexed target,
        uint256 value,
        bytes data,
        bool amendment
    );

    error UnknownProposal(uint256 proposalId);
    error WrongState(uint256 proposalId, uint8 state);
    error ThresholdNotMet(address proposer, uint256 votes, uint256 threshold);

    /// @notice 0 pending, 1 active, 2 canceled, 3 defeated, 4 succeeded, 5 queued, 6 expired, 7 executed.
    function getProposalState(uint256 proposalId) public view returns (uint8) {
        Proposal storage p = _known(proposalId);
        if (p.canceled) return PROPOSAL_CANCELED;
        if (p.executed) return PROPOSAL_EXECUTED;
        if (block.number <= p.startBlock) return PROPOSAL_PENDING;
        if (block.number <= p.endBlock) return PROPOSAL_ACTIVE;
        Terms storage t = _terms[proposalId];
        if (!_carried(p, t)) return PROPOSAL_DEFEATED;
        if (t.executableUntil == 0) return block.number <= t.queueEnd ? PROPOSAL_SUCCEEDED : PROPOSAL_EXPIRED;
        return block.timestamp <= t.executableUntil ? PROPOSAL_QUEUED : PROPOSAL_EXPIRED;
    }

    /// @notice What a proposal is bound to and the rules it was made under; see `Terms`.
    function termsOf(uint256 proposalId) external view returns (Terms memory) {
        _known(proposalId);
        return _terms[proposalId];
    }

    /// @dev Records a proposal with its snapshots. The caller binds it.
    function _create(
        string calldata description,
        bytes32 calldataHash
    ) internal returns (uint256 id, Terms storage t) {
        uint256 snapshot = block.number - 1;
        uint256 votes = votingToken.getPastVotes(msg.sender, snapshot);
        uint256 threshold = _value("proposalThreshold");
        if (votes < threshold) revert ThresholdNotMet(msg.sender, votes, threshold);
        id = nextProposalId++;
        Proposal storage p = proposals[id];
        p.id = id;
        p.proposer = msg.sender;
        p.description = description;
        p.startBlock = block.number + _value("votingDelay");
        p.endBlock = p.startBlock + _value("votingPeriod");
        p.calldataHash = calldataHash;
        t = _terms[id];
        t.snapshotBlock = uint48(snapshot);
        t.quorum = _shareOfSupply(snapshot, _value("proposalQuorumBps"));
        emit ProposalCreated(id, msg.sender, description);
    }

    /// @dev Gives a proposal the amendment's rules and a jury, whose sessions the voting period covers.
    function _makeAmendment(uint256 id, Terms storage t, IConstitution constitution_) internal {
        Proposal storage p = proposals[id];
        (uint256 majorityBps, uint256 quorumBps) = constitution_.amendmentRules();
        t.majorityBps = uint16(majorityBps);
        t.quorum = _shareOfSupply(t.snapshotBlock, quorumBps);
        t.jury = address(constitution_);
        uint256 lastBlock;
        (t.juryId, lastBlock) = constitution_.openJury(id, p.proposer, p.startBlock);
        if (lastBlock > p.endBlock) p.endBlock = lastBlock;
    }

    function _fixQueueEnd(uint256 id, Terms storage t) internal {
        t.queueEnd = uint48(proposals[id].endBlock + _value("queueBlocks"));
    }

    function _shareOfSupply(uint256 snapshot, uint256 shareBps) internal view returns (uint256) {
        return Math.ceilDiv(votingToken.getPastTotalSupply(snapshot) * shareBps, BPS);
    }

    function _known(uint256 proposalId) internal view returns (Proposal storage p) {
        p = proposals[proposalId];
        if (p.id == 0) revert UnknownProposal(proposalId);
    }

    function _requireState(uint256 proposalId, uint8 required) internal view {
        uint8 state = getProposalState(proposalId);
        if (state != required) revert WrongState(proposalId, state);
    }

    function _carried(Proposal storage p, Terms storage t) private view returns (bool) {
        if (p.forVotes <= p.againstVotes) return false;
        if (t.jury == address(0)) return p.forVotes >= t.quorum;
        uint256 cast = p.forVotes + p.againstVotes;
        return
            cast >= t.quorum &&
            p.forVotes * BPS >= t.majorityBps * cast &&
            IConstitution(t.jury).juryConsents(t.juryId);
    }
}
