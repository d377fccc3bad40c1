// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ATNToken} from "./ATNToken.sol";
import {Parameterised} from "./Parameterised.sol";
import {ProjectInference} from "./ProjectInference.sol";
import {IAggregationDisputes} from "./interfaces/IAggregationDisputes.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IProjectDirectory} from "./interfaces/IProjectDirectory.sol";
import {PROJECT_MATURING, PROJECT_FAILED, WAD} from "./Enumerations.sol";

/// @title Projects: their money, whom they let spend it, their rounds of training and their deployed model.
/// @notice Only founder and governance decide what a project's budget is spent on. The owner (kept for the
/// interface) has no power over projects or money.
contract Project is ProjectInference, Ownable {
    struct Consent {
        bool open;
        uint128 maxPerTask;
    }

    /// @notice The contract that may reserve budget for tasks.
    address public taskRewards;

    mapping(uint256 projectId => mapping(address proposer => bool)) public allowedProposers;
    mapping(uint256 projectId => Consent) public openProposals;

    event StakingChanged(address indexed staking);
    event DisputesChanged(address indexed disputes);
    event TaskRewardsChanged(address indexed taskRewards);
    event ProposerAllowed(uint256 indexed projectId, address indexed proposer, bool allowed);
    event OpenProposalsSet(uint256 indexed projectId, bool open, uint256 maxPerTaskATN);

    error UnknownFunction(bytes4 selector);
    error NotTaskRewards(address caller);
    error ProposerNotAllowed(uint256 projectId, address proposer);
    error TaskTooExpensive(uint256 projectId, uint256 amount, uint256 maxPerTaskATN);
    error ProjectNotTraining(uint256 projectId, uint8 status);

    constructor(address atnToken_, address governance_) Parameterised(governance_) Ownable(governance_) {
        atnToken = ATNToken(atnToken_);
        _declare("aggregatorReward", 20e18, 0, 1e30);
        _declare("aggregatorWindowBlocks", 100, 1, 1e6);
        _declare("verifiedTasksPerRound", 1, 0, 1e6);
        _declare("defaultTokenPrice", WAD, 1, 1e30);
        _declare("maxDiscountPermille", 500, 0, 1000);
        _declare("maxDiscountTiers", 8, 0, 16);
    }

    /// @notice Answers `projects(uint256)` of IProjectDirectory, whose 14 values the compiler can't return from a
    /// function of its own. Everything else reverts.
    fallback(bytes calldata input) external returns (bytes memory) {
        if (msg.sig != IProjectDirectory.projects.selector) revert UnknownFunction(msg.sig);
        bytes memory encoded = abi.encode(_projects[abi.decode(input[4:], (uint256))]);
        // A struct is encoded as the same values behind one word of offset.
        assembly ("memory-safe") {
            return(add(encoded, 0x40), sub(mload(encoded), 0x20))
        }
    }

    // Consent

    /// @notice Founder or governance: lets a proposer spend the budget on tasks, without a cap.
    function setProposerAllowed(uint256 projectId, address proposer, bool allowed) external {
        _requireFounderOrGovernance(projectId);
        allowedProposers[projectId][proposer] = allowed;
        emit ProposerAllowed(projectId, proposer, allowed);
    }

    /// @notice Founder or governance: lets every proposer spend up to so many wei of ATN a task.
    function setOpenProposals(uint256 projectId, bool open, uint256 maxPerTaskATN) external {
        _requireFounderOrGovernance(projectId);
        uint128 cap = maxPerTaskATN > type(uint128).max ? type(uint128).max : uint128(maxPerTaskATN);
        openProposals[projectId] = Consent(open, cap);
        emit OpenProposalsSet(projectId, open, maxPerTaskATN);
    }

    /// @notice ResultsRewards only: reserves the most that a task can cost, if the project consents to the proposer.
    function reserveForTask(uint256 projectId, uint256 taskId, address proposer, uint256 amount) external {
        if (msg.sender != taskRewards) revert NotTaskRewards(msg.sender);
        ProjectRecord storage p = _known(projectId);
        if (p.status > PROJECT_MATURING) revert ProjectNotTraining(projectId, p.status);
        if (!allowedProposers[projectId][proposer] && !_isFounderOrGovernance(projectId, proposer)) {
            Consent memory consent = openProposals[projectId];
            if (!consent.open) revert ProposerNotAllowed(projectId, proposer);
            if (amount > consent.maxPerTask) revert TaskTooExpensive(projectId, amount, consent.maxPerTask);
        }
        _reserve(projectId, taskId, amount);
    }

    /// @notice ResultsRewards only: returns what a task did not use; a verified one counts towards its round.
    function closeReserve(uint256 taskId, bool verified) external {
        if (msg.sender != taskRewards) revert NotTaskRewards(msg.sender);
        uint256 projectId = _closeReserve(taskId);
        if (verified) _countVerified(projectId);
        if (_projects[projectId].status == PROJECT_FAILED) _liquidate(projectId);
    }

    // Wiring

    function setTaskRewards(address newTaskRewards) external onlyGovernance {
        taskRewards = newTaskRewards;
        emit TaskRewardsChanged(newTaskRewards);
    }

    function setStaking(address newStaking) external onlyGovernance {
        staking = IParticipantStaking(newStaking);
        emit StakingChanged(newStaking);
    }

    function setDisputes(address newDisputes) external onlyGovernance {
        disputes = IAggregationDisputes(newDisputes);
        emit DisputesChanged(newDisputes);
    }
}
