// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProjectInvestment} from "./ProjectInvestment.sol";
import {IAggregationDisputes} from "./interfaces/IAggregationDisputes.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {ROLE_AGGREGATOR, PROJECT_FAILED} from "./Enumerations.sol";

/// @title Rounds of training: one aggregator a round, drawn by stake, publishes the global model and is paid.
/// @notice Rounds count from 1 and are published one after the other. Rewards in wei of ATN. What an aggregator
/// published can be disputed; while the last round is under dispute the next one waits.
abstract contract ProjectRounds is ProjectInvestment {
    struct Rounds {
        uint32 last;
        uint64 verifiedTasks;
        uint64 verifiedAtLast;
    }

    struct Appointment {
        address aggregator;
        uint48 drawnAt;
        uint48 verifiedBefore;
    }

    IParticipantStaking public staking;
    /// @notice Judges what aggregators publish; while it is unset every publication stands.
    IAggregationDisputes public disputes;

    mapping(uint256 projectId => Rounds) private _rounds;
    mapping(uint256 projectId => mapping(uint256 round => Appointment)) private _appointments;
    mapping(uint256 projectId => mapping(uint256 round => string)) public globalModelOf;

    event AggregatorDrawn(uint256 indexed projectId, uint256 indexed round, address indexed aggregator);
    event GlobalModelPublished(
        uint256 indexed projectId,
        uint256 indexed round,
        address indexed publisher,
        string cid,
        uint256 reward
    );

    event PublicationDisproved(
        uint256 indexed projectId,
        uint256 indexed round,
        string cid,
        uint256 refund,
        bool reopened
    );

    error NotDisputes(address caller);
    error RoundDisputed(uint256 projectId, uint256 round);
    error RoundStillDisputable(uint256 projectId, uint256 round);
    error WrongRound(uint256 projectId, uint256 round, uint256 expected);
    error AggregatorStillDue(uint256 projectId, uint256 round, address aggregator, uint256 untilBlock);
    error NobodyToDraw(uint8 role);
    error NotPublisher(uint256 projectId, uint256 round, address caller);
    error EmptyCid();

    /// @notice Anyone: draws the aggregator of the next round by stake. Again only after its window has passed.
    function drawAggregator(uint256 projectId, uint256 round) external returns (address aggregator) {
        _requireNextRound(projectId, round);
        Appointment memory held = _appointments[projectId][round];
        if (held.aggregator != address(0)) {
            uint256 until = held.drawnAt + _value("aggregatorWindowBlocks");
            if (block.number <= until) revert AggregatorStillDue(projectId, round, held.aggregator, until);
        }
        bytes32 seed = keccak256(abi.encode(block.prevrandao, address(this), projectId, round));
        (address[] memory drawn, ) = staking.drawByStake(ROLE_AGGREGATOR, seed, 1);
        if (drawn.length == 0) revert NobodyToDraw(ROLE_AGGREGATOR);
        aggregator = drawn[0];
        _appointments[projectId][round] = Appointment(aggregator, uint48(block.number), 0);
        emit AggregatorDrawn(projectId, round, aggregator);
    }

    /// @notice The round's aggregator, which is paid from the free budget if the round verified enough tasks; or
    /// founder or governance, unpaid and beyond dispute. The founder only after the window of an aggregator that was
    /// drawn, and once the last round can't be disputed any more. A short budget pays nothing and does not stop the
    /// publication.
    function publishGlobalModel(uint256 projectId, uint256 round, string calldata cid) external {
        _requireNextRound(projectId, round);
        if (bytes(cid).length == 0) revert EmptyCid();
        bool isAggregator =
            _appointments[projectId][round].aggregator == msg.sender &&
                staking.isActiveParticipant(msg.sender, ROLE_AGGREGATOR);
        if (!isAggregator && !_isFounderOrGovernance(projectId, msg.sender)) {
            revert NotPublisher(projectId, round, msg.sender);
        }
        if (!isAggregator && msg.sender != governance) _requireNobodyAhead(projectId, round);
        Rounds storage r = _rounds[projectId];
        bool earned = isAggregator && r.verifiedTasks - r.verifiedAtLast >= _value("verifiedTasksPerRound");
        _appointments[projectId][round].verifiedBefore = uint48(r.verifiedAtLast);
        r.last = uint32(round);
        r.verifiedAtLast = r.verifiedTasks;
        globalModelOf[projectId][round] = cid;
        uint256 reward = earned ? _value("aggregatorReward") : 0;
        if (reward > 0 && !_payFromBudget(projectId, msg.sender, reward)) reward = 0;
        emit GlobalModelPublished(projectId, round, msg.sender, cid, reward);
        if (isAggregator && address(disputes) != address(0)) {
            disputes.recordPublication(projectId, round, msg.sender, reward);
        }
    }

    /// @notice AggregationDisputes only: a round's publication was disproved. Books the refund, which is here
    /// already, as budget; the last round is open again for a new aggregator, that is paid as if it were the first.
    function reopenRound(uint256 projectId, uint256 round, uint256 refund) external {
        if (msg.sender != address(disputes)) revert NotDisputes(msg.sender);
        _projects[projectId].taskRewardBudgetATN += refund;
        if (_projects[projectId].status == PROJECT_FAILED) _liquidate(projectId);
        Rounds storage r = _rounds[projectId];
        bool reopened = r.last == round;
        emit PublicationDisproved(projectId, round, globalModelOf[projectId][round], refund, reopened);
        delete globalModelOf[projectId][round];
        if (!reopened) return;
        r.last = uint32(round - 1);
        r.verifiedAtLast = _appointments[projectId][round].verifiedBefore;
        delete _appointments[projectId][round];
    }

    /// @notice Whether an account speaks for a project's models: founder, governance, the aggregator of the last
    /// round or of the next.
    function mayPublish(uint256 projectId, address account) external view returns (bool) {
        uint256 last = _rounds[projectId].last;
        return
            _isFounderOrGovernance(projectId, account) ||
            _appointments[projectId][last].aggregator == account ||
            _appointments[projectId][last + 1].aggregator == account;
    }

    /// @notice The aggregator drawn for a round; zero before the draw.
    function aggregatorOf(uint256 projectId, uint256 round) external view returns (address) {
        return _appointments[projectId][round].aggregator;
    }

    /// @notice The last round published; 0 before the first.
    function lastRoundOf(uint256 projectId) external view returns (uint256) {
        return _rounds[projectId].last;
    }

    /// @notice Tasks of the project verified as correct since its last publication.
    function verifiedTasksSince(uint256 projectId) external view returns (uint256) {
        return _rounds[projectId].verifiedTasks - _rounds[projectId].verifiedAtLast;
    }

    function _countVerified(uint256 projectId) internal {
        _rounds[projectId].verifiedTasks++;
    }

    /// @dev Its publication must be beyond dispute.
    function _isLastAggregator(uint256 projectId, address account) internal view returns (bool) {
        uint256 last = _rounds[projectId].last;
        return
            last > 0 &&
            _appointments[projectId][last].aggregator == account &&
            (address(disputes) == address(0) || disputes.isFinal(projectId, last));
    }

    function _lastModel(uint256 projectId) internal view returns (string storage) {
        return globalModelOf[projectId][_rounds[projectId].last];
    }

    function _requireNextRound(uint256 projectId, uint256 round) private view {
        _known(projectId);
        uint256 last = _rounds[projectId].last;
        if (round != last + 1) revert WrongRound(projectId, round, last + 1);
        if (address(disputes) != address(0) && disputes.isDisputed(projectId, last)) {
            revert RoundDisputed(projectId, last);
        }
    }

    /// @dev A founder has no stake behind what it publishes. It takes no aggregator's work and reward away, and does not
    /// close a round that a dispute could still reopen.
    function _requireNobodyAhead(uint256 projectId, uint256 round) private view {
        Appointment memory held = _appointments[projectId][round];
        if (held.aggregator != address(0)) {
            uint256 until = held.drawnAt + _value("aggregatorWindowBlocks");
            if (block.number <= until && staking.isActiveParticipant(held.aggregator, ROLE_AGGREGATOR)) {
                revert AggregatorStillDue(projectId, round, held.aggregator, until);
            }
        }
        if (address(disputes) != address(0) && disputes.isDisputable(projectId, round - 1)) {
            revert RoundStillDisputable(projectId, round - 1);
        }
    }
}
