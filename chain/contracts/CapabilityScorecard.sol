// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IMultiplierSource} from "./interfaces/IMultiplierSource.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {BPS, ROLE_CURATOR} from "./Enumerations.sol";

/// @title How well the network masters each capability (module), and what that makes its tasks worth.
/// @notice Scores, targets and multipliers in basis points. Pay falls linearly with the score, so that work goes
/// where it is missing. Scores come from evaluators: curators at stake whom governance has authorised.
contract CapabilityScorecard is Parameterised, IMultiplierSource {
    /// @dev A target of 0 means not registered; `high` is the highest score so far.
    struct Module {
        string name;
        uint16 target;
        uint16 score;
        uint16 high;
        uint32 reports;
        uint48 roundStart;
    }

    struct Card {
        uint256 moduleId;
        string name;
        uint256 targetBps;
        uint256 scoreBps;
        uint256 highScoreBps;
        uint256 reports;
        uint256 multiplierBps;
    }

    struct Report {
        address evaluator;
        uint16 score;
    }

    IParticipantStaking public immutable staking;

    mapping(address evaluator => bool) public authorizedEvaluators;
    mapping(uint256 moduleId => mapping(address evaluator => uint256)) public lastReportBlock;

    mapping(uint256 moduleId => Module) private _modules;
    mapping(uint256 moduleId => Report[]) private _pending;
    uint256[] private _moduleIds;

    event ModuleRegistered(uint256 indexed moduleId, string name, uint256 targetBps);
    event TargetSet(uint256 indexed moduleId, uint256 targetBps);
    event EvaluatorAuthorized(address indexed evaluator, bool authorized);
    event ScoreReported(uint256 indexed moduleId, address indexed evaluator, uint256 scoreBps);
    event ScoreUpdated(uint256 indexed moduleId, uint256 reportBps, uint256 scoreBps, uint256 reports);

    error ModuleZero();
    error ModuleAlreadyRegistered(uint256 moduleId);
    error UnknownModule(uint256 moduleId);
    error TooManyModules(uint256 maximum);
    error TargetOutOfBounds(uint256 targetBps, uint256 minimum, uint256 maximum);
    error ScoreOutOfBounds(uint256 scoreBps, uint256 maximum);
    error NotEvaluator(address caller);
    error ReportedAlready(uint256 moduleId, address evaluator);
    error ReportTooSoon(uint256 moduleId, address evaluator, uint256 fromBlock);

    constructor(address staking_, address governance_) Parameterised(governance_) {
        staking = IParticipantStaking(staking_);
        uint128 one = uint128(BPS);
        // The floor never exceeds 1.00 and the top never falls below it: pay can't rise with the score.
        _declare("topMultiplierBps", 30_000, one, 1e6);
        _declare("floorMultiplierBps", 5_000, 0, one);
        _declare("unknownMultiplierBps", BPS, 0, 1e6);
        _declare("defaultTargetBps", 8_000, 1, one);
        _declare("dampingReports", 20, 0, 10_000);
        _declare("highWaterScore", 0, 0, 1);
        _declare("evaluatorsPerUpdate", 1, 1, 15);
        _declare("reportRoundBlocks", 7_200, 1, 1e6);
        _declare("maxScoreStepBps", BPS, 1, one);
        _declare("reportIntervalBlocks", 0, 0, 1e6);
        _declare("maxModules", 256, 0, 1_024);
    }

    // Governance

    /// @notice Governance: a new module, any number but 0. A target of 0 takes the default.
    function registerModule(
        uint256 moduleId,
        string calldata name,
        uint256 targetBps
    ) external onlyGovernance {
        if (moduleId == 0) revert ModuleZero();
        Module storage m = _modules[moduleId];
        if (m.target != 0) revert ModuleAlreadyRegistered(moduleId);
        uint256 most = _value("maxModules");
        if (_moduleIds.length >= most) revert TooManyModules(most);
        uint256 target = targetBps == 0 ? _value("defaultTargetBps") : targetBps;
        if (target > BPS) revert TargetOutOfBounds(target, 1, BPS);
        m.name = name;
        m.target = uint16(target);
        _moduleIds.push(moduleId);
        emit ModuleRegistered(moduleId, name, target);
    }

    /// @notice Governance: the score from which on a module's tasks are worth the least.
    function setTarget(uint256 moduleId, uint256 targetBps) external onlyGovernance {
        if (targetBps == 0 || targetBps > BPS) revert TargetOutOfBounds(targetBps, 1, BPS);
        _known(moduleId).target = uint16(targetBps);
        emit TargetSet(moduleId, targetBps);
    }

    /// @notice Governance: the same as the parameters floorMultiplierBps and topMultiplierBps.
    function setMultiplierBounds(uint256 floorBps, uint256 topBps) external onlyGovernance {
        _setParameter("floorMultiplierBps", floorBps);
        _setParameter("topMultiplierBps", topBps);
    }

    function setAuthorizedEvaluator(address evaluator, bool authorized) external onlyGovernance {
        authorizedEvaluators[evaluator] = authorized;
        emit EvaluatorAuthorized(evaluator, authorized);
    }

    // Evaluators

    /// @notice An evaluator. Once evaluatorsPerUpdate of them have reported within reportRoundBlocks, the median of
    /// their reports enters the score.
    function reportScore(uint256 moduleId, uint256 scoreBps) external {
        Module storage m = _known(moduleId);
        if (!isEvaluator(msg.sender)) revert NotEvaluator(msg.sender);
        if (scoreBps > BPS) revert ScoreOutOfBounds(scoreBps, BPS);
        _requireInterval(moduleId);
        Report[] storage pending = _pending[moduleId];
        _dropStale(m, pending);
        for (uint256 i; i < pending.length; i++) {
            if (pending[i].evaluator == msg.sender) revert ReportedAlready(moduleId, msg.sender);
        }
        if (pending.length == 0) m.roundStart = uint48(block.number);
        pending.push(Report(msg.sender, uint16(scoreBps)));
        lastReportBlock[moduleId][msg.sender] = block.number;
        emit ScoreReported(moduleId, msg.sender, scoreBps);
        if (pending.length < _value("evaluatorsPerUpdate")) return;
        uint256 report = _median(pending);
        delete _pending[moduleId];
        _enter(moduleId, m, report);
    }

    // Views

    /// @notice 30,000 = 3.00 at a score of 0, falling linearly to 5,000 = 0.50 at the target and above, rounded
    /// down; 10,000 = 1.00 for a module that is not registered or was never scored. (Parameters: their defaults.)
    function multiplierBps(uint256 moduleId) public view returns (uint256) {
        Module storage m = _modules[moduleId];
        if (m.reports == 0) return _value("unknownMultiplierBps");
        uint256 target = m.target;
        uint256 score = _value("highWaterScore") == 1 ? m.high : m.score;
        if (score > target) score = target;
        return
            (_value("topMultiplierBps") * (target - score) + _value("floorMultiplierBps") * score) / target;
    }

    /// @notice All modules, in the order of their registration.
    function scorecard() external view returns (Card[] memory cards) {
        uint256 count = _moduleIds.length;
        cards = new Card[](count);
        for (uint256 i; i < count; i++) cards[i] = moduleCard(_moduleIds[i]);
    }

    function moduleCard(uint256 moduleId) public view returns (Card memory) {
        Module storage m = _known(moduleId);
        return Card(moduleId, m.name, m.target, m.score, m.high, m.reports, multiplierBps(moduleId));
    }

    /// @notice Reports that wait for others, with their evaluators; stale ones included.
    function pendingReports(uint256 moduleId) external view returns (Report[] memory) {
        return _pending[moduleId];
    }

    /// @notice Authorised by governance and active as a curator.
    function isEvaluator(address account) public view returns (bool) {
        return authorizedEvaluators[account] && staking.isActiveParticipant(account, ROLE_CURATOR);
    }

    // Inside

    /// @dev s ← (s · m + r) / (m + 1) with m = min(earlier reports, dampingReports), moved by at most
    /// maxScoreStepBps. The first report sets the score.
    function _enter(uint256 moduleId, Module storage m, uint256 report) private {
        uint256 score = report;
        uint256 before = m.score;
        if (m.reports > 0) {
            uint256 weight = _value("dampingReports");
            if (m.reports < weight) weight = m.reports;
            score = (before * weight + report) / (weight + 1);
            uint256 step = _value("maxScoreStepBps");
            if (score > before + step) score = before + step;
            if (score + step < before) score = before - step;
        }
        m.score = uint16(score);
        if (score > m.high) m.high = uint16(score);
        emit ScoreUpdated(moduleId, report, score, ++m.reports);
    }

    function _requireInterval(uint256 moduleId) private view {
        uint256 last = lastReportBlock[moduleId][msg.sender];
        uint256 from = last + _value("reportIntervalBlocks");
        if (last > 0 && block.number < from) revert ReportTooSoon(moduleId, msg.sender, from);
    }

    /// @dev A round that took too long starts anew; a report does not outlive its evaluator's authority.
    function _dropStale(Module storage m, Report[] storage pending) private {
        bool late = block.number > m.roundStart + _value("reportRoundBlocks");
        for (uint256 i = pending.length; i > 0; i--) {
            if (!late && isEvaluator(pending[i - 1].evaluator)) continue;
            pending[i - 1] = pending[pending.length - 1];
            pending.pop();
        }
    }

    /// @dev Of an even number of reports the mean of the middle two, rounded down.
    function _median(Report[] storage reports) private view returns (uint256) {
        uint256 count = reports.length;
        uint256[] memory sorted = new uint256[](count);
        for (uint256 i; i < count; i++) {
            uint256 value = reports[i].score;
            uint256 j = i;
            for (; j > 0 && sorted[j - 1] > value; j--) sorted[j] = sorted[j - 1];
            sorted[j] = value;
        }
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    function _known(uint256 moduleId) private view returns (Module storage m) {
        m = _modules[moduleId];
        if (m.target == 0) revert UnknownModule(moduleId);
    }
}
