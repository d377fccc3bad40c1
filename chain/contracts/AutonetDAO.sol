// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ATNToken} from "./ATNToken.sol";
import {Parameterised} from "./Parameterised.sol";
import {ProposalLedger} from "./ProposalLedger.sol";
import {IConstitution} from "./interfaces/IConstitution.sol";
import {ITimelock} from "./interfaces/ITimelock.sol";
import {
    BPS,
    PROPOSAL_PENDING,
    PROPOSAL_ACTIVE,
    PROPOSAL_SUCCEEDED,
    PROPOSAL_QUEUED
} from "./Enumerations.sol";

/// @title The holders of ATN decide: proposals, votes, and their execution through the timelock.
/// @notice `proposeFor` binds target, value and calldata. What the constitution protects is an amendment: it needs a
/// far larger majority, its own quorum and a jury's consent. A guardian may veto all but its own replacement.
contract AutonetDAO is ProposalLedger {
    address public treasury;
    ITimelock public timelock;
    /// @notice May veto until execution. Governance names and removes it; nobody at first.
    address public guardian;

    /// @notice What a plain proposal may be executed on.
    mapping(address target => bool) public authorizedTargets;

    event ProposalCanceled(uint256 indexed proposalId);
    event ProposalVetoed(uint256 indexed proposalId, address indexed guardian);
    event ProposalQueued(
        uint256 indexed proposalId,
        address indexed target,
        uint256 readyAt,
        uint256 executableUntil
    );
    event ProposalExecuted(uint256 indexed proposalId);
    event VoteCast(uint256 indexed proposalId, address indexed voter, bool support, uint256 weight);
    event TargetAuthorized(address indexed target, bool authorized);
    event TreasuryUpdated(address indexed newTreasury);
    event GuardianChanged(address indexed guardian);
    event TimelockChanged(address indexed timelock);

    error NoVotes(address voter, uint256 snapshotBlock);
    error AlreadyVoted(uint256 proposalId, address voter);
    error NotProposer(uint256 proposalId, address caller);
    error NotGuardian(address caller, address guardian);
    error Unstoppable(uint256 proposalId);
    error PlainProposal(uint256 proposalId);
    error NotPlainProposal(uint256 proposalId);
    error PlainProposalsOff(uint256 proposalId);
    error TargetNotAuthorized(address target);
    error WrongTarget(uint256 proposalId, address target, address bound);
    error WrongCalldata(uint256 proposalId, bytes32 calldataHash, bytes32 bound);
    error NeedsAmendment(uint256 proposalId, address target, bytes4 selector);

    constructor(address votingToken_, address treasury_) Parameterised(msg.sender) Ownable(msg.sender) {
        votingToken = ATNToken(votingToken_);
        treasury = treasury_;
        _declare("proposalThreshold", 1_000e18, 0, 100_000e18);
        _declare("votingDelay", 7_200, 0, 1e6);
        _declare("votingPeriod", 50_400, 1, 1e6);
        _declare("proposalQuorumBps", 400, 0, uint128(BPS));
        _declare("queueBlocks", 100_800, 1, 1e6);
        _declare("allowPlainProposals", 0, 0, 1);
    }

    // Holders of ATN

    /// @notice Proposes one call, bound in full. Anyone with votes of the threshold in the block before.
    function proposeFor(
        address target,
        uint256 value,
        bytes calldata data,
        string calldata description
    ) external returns (uint256 proposalId) {
        Terms storage t;
        (proposalId, t) = _create(description, keccak256(data));
        (t.target, t.value) = (target, value);
        t.unstoppable = target == address(this) && bytes4(data) == this.setGuardian.selector;
        bool amendment = _needsAmendment(target, data);
        if (amendment) _makeAmendment(proposalId, t, constitution);
        _fixQueueEnd(proposalId, t);
        emit ProposalBound(proposalId, target, value, data, amendment);
    }

    /// @notice A plain proposal names no target: whoever queues it does, among the authorised ones, and only where
    /// allowPlainProposals was 1 at proposal. It is never an amendment.
    function propose(
        string calldata description,
        bytes32 calldataHash
    ) external returns (uint256 proposalId) {
        Terms storage t;
        (proposalId, t) = _create(description, calldataHash);
        t.plain = true;
        t.plainAllowed = _value("allowPlainProposals") == 1;
        _fixQueueEnd(proposalId, t);
    }

    /// @notice Once a voter, with the votes it had in the block before the proposal.
    function castVote(uint256 proposalId, bool support) external {
        _requireState(proposalId, PROPOSAL_ACTIVE);
        if (hasVoted[proposalId][msg.sender]) revert AlreadyVoted(proposalId, msg.sender);
        Terms storage t = _terms[proposalId];
        uint256 weight = votingToken.getPastVotes(msg.sender, t.snapshotBlock);
        if (weight == 0) revert NoVotes(msg.sender, t.snapshotBlock);
        hasVoted[proposalId][msg.sender] = true;
        if (support) proposals[proposalId].forVotes += weight;
        else proposals[proposalId].againstVotes += weight;
        emit VoteCast(proposalId, msg.sender, support, weight);
        if (t.jury != address(0)) IConstitution(t.jury).drawJuryIfDue(t.juryId);
    }

    /// @notice The proposer, until the votes are closed.
    function cancel(uint256 proposalId) external {
        if (msg.sender != _known(proposalId).proposer) revert NotProposer(proposalId, msg.sender);
        uint8 state = getProposalState(proposalId);
        if (state > PROPOSAL_ACTIVE) revert WrongState(proposalId, state);
        _cancel(proposalId);
    }

    /// @notice The guardian, until execution; not the proposal to name another guardian.
    function veto(uint256 proposalId) external {
        if (msg.sender != guardian) revert NotGuardian(msg.sender, guardian);
        if (_terms[proposalId].unstoppable) revert Unstoppable(proposalId);
        uint8 state = getProposalState(proposalId);
        bool open = state <= PROPOSAL_ACTIVE || state == PROPOSAL_SUCCEEDED || state == PROPOSAL_QUEUED;
        if (!open) revert WrongState(proposalId, state);
        emit ProposalVetoed(proposalId, msg.sender);
        _cancel(proposalId);
    }

    // Execution, by anyone

    /// @notice Puts a proposal that has carried into the timelock.
    function queue(uint256 proposalId) external {
        _requireState(proposalId, PROPOSAL_SUCCEEDED);
        if (_terms[proposalId].plain) revert PlainProposal(proposalId);
        _queue(proposalId, _terms[proposalId]);
    }

    /// @notice Names the target of a plain proposal that has carried, and puts it into the timelock.
    function queuePlain(uint256 proposalId, address target) external {
        _requireState(proposalId, PROPOSAL_SUCCEEDED);
        Terms storage t = _terms[proposalId];
        if (!t.plain) revert NotPlainProposal(proposalId);
        if (!t.plainAllowed) revert PlainProposalsOff(proposalId);
        if (!authorizedTargets[target]) revert TargetNotAuthorized(target);
        t.target = target;
        _queue(proposalId, t);
    }

    /// @notice Executes a queued proposal after the timelock's delay, once. Reverts as its call reverts.
    function execute(uint256 proposalId, address target, bytes calldata data) external {
        _requireState(proposalId, PROPOSAL_QUEUED);
        Terms storage t = _terms[proposalId];
        Proposal storage p = proposals[proposalId];
        if (target != t.target) revert WrongTarget(proposalId, target, t.target);
        if (keccak256(data) != p.calldataHash)
            revert WrongCalldata(proposalId, keccak256(data), p.calldataHash);
        if (t.jury == address(0) && _needsAmendment(target, data))
            revert NeedsAmendment(proposalId, target, bytes4(data));
        p.executed = true;
        emit ProposalExecuted(proposalId);
        timelock.execute(proposalId, target, t.value, data);
    }

    // Governance

    function setAuthorizedTarget(address target, bool authorized) external onlyOwner {
        authorizedTargets[target] = authorized;
        emit TargetAuthorized(target, authorized);
    }

    function setTreasury(address newTreasury) external onlyOwner {
        treasury = newTreasury;
        emit TreasuryUpdated(newTreasury);
    }

    function setGuardian(address newGuardian) external onlyGovernance {
        guardian = newGuardian;
        emit GuardianChanged(newGuardian);
    }

    function setTimelock(address newTimelock) external onlyGovernance {
        timelock = ITimelock(newTimelock);
        emit TimelockChanged(newTimelock);
    }

    // Views

    /// @notice Votes that a proposer needs.
    function proposalThreshold() external view returns (uint256) {
        return _value("proposalThreshold");
    }

    /// @notice Blocks between a proposal and its votes.
    function votingDelay() external view returns (uint256) {
        return _value("votingDelay");
    }

    /// @notice Blocks in which votes are cast.
    function votingPeriod() external view returns (uint256) {
        return _value("votingPeriod");
    }

    /// @notice Votes in favour that an ordinary proposal made now would need.
    function quorumVotes() external view returns (uint256) {
        return _shareOfSupply(block.number - 1, _value("proposalQuorumBps"));
    }

    // Inside

    function _queue(uint256 proposalId, Terms storage t) private {
        uint256 readyAt;
        uint256 until;
        (readyAt, until) = timelock.queue(proposalId, t.target, t.value, proposals[proposalId].calldataHash);
        t.executableUntil = uint64(until);
        emit ProposalQueued(proposalId, t.target, readyAt, until);
    }

    function _cancel(uint256 proposalId) private {
        Terms storage t = _terms[proposalId];
        Proposal storage p = proposals[proposalId];
        p.canceled = true;
        emit ProposalCanceled(proposalId);
        if (t.executableUntil != 0) timelock.cancel(proposalId, t.target, t.value, p.calldataHash);
        if (t.jury != address(0)) IConstitution(t.jury).dismissJury(t.juryId);
    }

    function _needsAmendment(address target, bytes calldata data) private view returns (bool) {
        return address(constitution) != address(0) && constitution.needsAmendment(target, data);
    }
}
