// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

/// @title The DAO of the plain set: propose, vote by past balance, execute.
/// @notice Known to be weak. A proposal binds the calldata's hash and no target; the quorum is a fixed number of votes;
/// nothing waits between the vote and the execution; the power to propose is that of the moment.
contract AutonetDAO is Ownable {
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

    uint8 private constant PENDING = 0;
    uint8 private constant ACTIVE = 1;
    uint8 private constant CANCELED = 2;
    uint8 private constant DEFEATED = 3;
    uint8 private constant SUCCEEDED = 4;
    uint8 private constant EXECUTED = 7;

    uint256 public constant proposalThreshold = 1_000 ether;
    uint256 public constant quorumVotes = 100_000 ether;
    /// @notice A day of 12-second blocks.
    uint256 public constant votingDelay = 7_200;
    /// @notice Seven days of 12-second blocks.
    uint256 public constant votingPeriod = 50_400;

    IVotes public immutable votingToken;
    address public treasury;
    uint256 public nextProposalId = 1;
    mapping(uint256 proposalId => Proposal) public proposals;
    mapping(uint256 proposalId => mapping(address voter => bool)) public hasVoted;
    mapping(address target => bool) public authorizedTargets;

    event ProposalCanceled(uint256 indexed proposalId);
    event ProposalCreated(uint256 indexed proposalId, address indexed proposer, string description);
    event ProposalExecuted(uint256 indexed proposalId);
    event TargetAuthorized(address indexed target, bool authorized);
    event TreasuryUpdated(address indexed newTreasury);
    event VoteCast(uint256 indexed proposalId, address indexed voter, bool support, uint256 weight);

    constructor(address votingToken_, address treasury_) Ownable(msg.sender) {
        votingToken = IVotes(votingToken_);
        treasury = treasury_;
    }

    function propose(string calldata description, bytes32 calldataHash) external returns (uint256) {
        require(votingToken.getVotes(msg.sender) >= proposalThreshold, "AutonetDAO: below the threshold");
        Proposal storage proposal = proposals[nextProposalId];
        proposal.id = nextProposalId++;
        proposal.proposer = msg.sender;
        proposal.description = description;
        proposal.startBlock = block.number + votingDelay;
        proposal.endBlock = proposal.startBlock + votingPeriod;
        proposal.calldataHash = calldataHash;
        emit ProposalCreated(proposal.id, msg.sender, description);
        return proposal.id;
    }

    /// @notice Weighs the votes that the voter had at the start block.
    function castVote(uint256 proposalId, bool support) external {
        require(getProposalState(proposalId) == ACTIVE, "AutonetDAO: not active");
        require(!hasVoted[proposalId][msg.sender], "AutonetDAO: already voted");
        Proposal storage proposal = proposals[proposalId];
        uint256 weight = votingToken.getPastVotes(msg.sender, proposal.startBlock);
        require(weight > 0, "AutonetDAO: no votes");
        hasVoted[proposalId][msg.sender] = true;
        if (support) proposal.forVotes += weight;
        else proposal.againstVotes += weight;
        emit VoteCast(proposalId, msg.sender, support, weight);
    }

    /// @notice Anyone, on an authorised target, with the calldata whose hash was voted on.
    function execute(uint256 proposalId, address target, bytes calldata data) external {
        require(getProposalState(proposalId) == SUCCEEDED, "AutonetDAO: not succeeded");
        require(authorizedTargets[target], "AutonetDAO: target not authorised");
        Proposal storage proposal = proposals[proposalId];
        require(keccak256(data) == proposal.calldataHash, "AutonetDAO: other calldata");
        proposal.executed = true;
        (bool success, ) = target.call(data);
        require(success, "AutonetDAO: the call failed");
        emit ProposalExecuted(proposalId);
    }

    /// @notice The proposer or the owner, until it is executed.
    function cancel(uint256 proposalId) external {
        Proposal storage proposal = _existing(proposalId);
        require(
            msg.sender == proposal.proposer || msg.sender == owner(),
            "AutonetDAO: only proposer or owner"
        );
        require(!proposal.executed && !proposal.canceled, "AutonetDAO: already over");
        proposal.canceled = true;
        emit ProposalCanceled(proposalId);
    }

    function setAuthorizedTarget(address target, bool authorized) external onlyOwner {
        authorizedTargets[target] = authorized;
        emit TargetAuthorized(target, authorized);
    }

    function setTreasury(address treasury_) external onlyOwner {
        treasury = treasury_;
        emit TreasuryUpdated(treasury_);
    }

    function getProposalState(uint256 proposalId) public view returns (uint8) {
        Proposal storage proposal = _existing(proposalId);
        if (proposal.canceled) return CANCELED;
        if (proposal.executed) return EXECUTED;
        if (block.number <= proposal.startBlock) return PENDING;
        if (block.number <= proposal.endBlock) return ACTIVE;
        bool carried = proposal.forVotes > proposal.againstVotes && proposal.forVotes >= quorumVotes;
        return carried ? SUCCEEDED : DEFEATED;
    }

    function _existing(uint256 proposalId) private view returns (Proposal storage proposal) {
        proposal = proposals[proposalId];
        require(proposal.proposer != address(0), "AutonetDAO: unknown proposal");
    }
}
