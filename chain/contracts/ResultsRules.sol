// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ResultsState} from "./ResultsState.sol";
import {IForcedErrorRegistry} from "./interfaces/IForcedErrorRegistry.sol";
import {IProject} from "./interfaces/IProject.sol";
import {IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {BPS, WAD} from "./Enumerations.sol";

/// @title The rules of verification as parameters, and their snapshot when a task is proposed.
abstract contract ResultsRules is ResultsState, IResultsRewards {
    event ProjectContractChanged(address indexed project);
    event ForcedErrorRegistryChanged(address indexed registry);

    error NotTaskContract(address caller);

    constructor() {
        _declare("panelSize", 5, 0, 16);
        _declare("maxOpenVotes", 24, 1, 24);
        _declare("minVotes", 2, 1, 16);
        _declare("quorumBps", 5_000, 0, uint128(BPS));
        _declare("clipBps", 2_000, 0, uint128(BPS));
        _declare("clipAroundMedian", 1, 0, 1);
        _declare("consensusSlashBps", 1_000, 0, uint128(BPS));
        _declare("missedVoteSlashBps", 500, 0, uint128(BPS));
        _declare("unrevealedSolutionSlashBps", 1_000, 0, uint128(BPS));
        _declare("unrevealedTruthSlashBps", 1_000, 0, uint128(BPS));
        _declare("workShownBps", 10_000, 0, uint128(BPS));
        _declare("workShownCapBps", 10_000, 0, 1e9);
        _declare("coordinatorFee", 1e18, 0, 1e30);
        _declare("bondBonus", 0.5e18, 0, 10e18);
        _declare("bondDecay", 0.9e18, 0, uint128(WAD));
        _declare("feeByStake", 0, 0, 1);
        _declare("allowPlainVotes", 0, 0, 1);
        _declare("allowUnsaltedCommitments", 0, 0, 1);
        _declare("allowSingleVerification", 0, 0, 1);
        _declare("trapConsensusSettlement", 0, 0, 1);
        _declare("panelNoticeBlocks", 25, 0, 10_000);
    }

    /// @notice TaskContract only: fixes the task's rules and reserves the most that it can cost.
    function openTask(
        uint256 taskId,
        uint256 projectId,
        address proposer,
        uint256 learnabilityReward,
        uint256 scaledSolverReward,
        uint256 maxSolvers
    ) external {
        if (msg.sender != address(taskContract)) revert NotTaskContract(msg.sender);
        Rules memory r = _currentRules();
        _rules[taskId] = r;
        uint256 most = learnabilityReward + (scaledSolverReward + _feeAllowance(r)) * maxSolvers;
        projectContract.reserveForTask(projectId, taskId, proposer, most);
    }

    function setProjectContract(address project) external onlyGovernance {
        projectContract = IProject(project);
        emit ProjectContractChanged(project);
    }

    function setForcedErrorRegistry(address registry) external onlyGovernance {
        forcedErrorRegistry = IForcedErrorRegistry(registry);
        emit ForcedErrorRegistryChanged(registry);
    }

    /// @notice The rules that a task was proposed under.
    function rulesOf(uint256 taskId) external view returns (Rules memory) {
        return _rules[taskId];
    }

    function progressOf(uint256 taskId) external view returns (Progress memory) {
        return _progress[taskId];
    }

    function _currentRules() private view returns (Rules memory r) {
        r.panelSize = uint8(_value("panelSize"));
        r.maxOpenVotes = uint8(_value("maxOpenVotes"));
        r.minVotes = uint8(_value("minVotes"));
        r.clipAroundMedian = _value("clipAroundMedian") == 1;
        r.feeByStake = _value("feeByStake") == 1;
        r.allowPlainVotes = _value("allowPlainVotes") == 1;
        r.allowUnsaltedCommitments = _value("allowUnsaltedCommitments") == 1;
        r.allowSingleVerification = _value("allowSingleVerification") == 1;
        r.trapConsensusSettlement = _value("trapConsensusSettlement") == 1;
        r.quorumBps = uint16(_value("quorumBps"));
        r.clipBps = uint16(_value("clipBps"));
        r.consensusSlashBps = uint16(_value("consensusSlashBps"));
        r.missedVoteSlashBps = uint16(_value("missedVoteSlashBps"));
        r.unrevealedSolutionSlashBps = uint16(_value("unrevealedSolutionSlashBps"));
        r.unrevealedTruthSlashBps = uint16(_value("unrevealedTruthSlashBps"));
        r.workShownBps = uint16(_value("workShownBps"));
        r.workShownCapBps = uint32(_value("workShownCapBps"));
        r.panelNoticeBlocks = uint16(_value("panelNoticeBlocks"));
        r.coordinatorFee = uint128(_value("coordinatorFee"));
        r.bondBonus = uint64(_value("bondBonus"));
        r.bondDecay = uint64(_value("bondDecay"));
    }
}
